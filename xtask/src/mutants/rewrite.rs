//! Finds the places where a rule can be changed, and writes source that holds each rule and its mutant, of which a number
//! in the bytecode selects one.
//!
//! Every operand is evaluated once, so mutants nest: `a.min(b) < c` becomes two choices, one inside the other.

use anyhow::{Context, Result, anyhow, ensure};
use proc_macro2::{Span, TokenStream};
use std::{fmt, ops::Range};
use syn::{
    BinOp, Block, Expr, Field, ImplItemFn, Item, ItemFn, Macro, Stmt, Token, Type,
    parse::{ParseStream, Parser},
    spanned::Spanned,
    visit::{self, Visit},
};

/// What a mutant changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `<` and `<=`, `>` and `>=`, `==` and `!=`.
    Comparison,
    /// `&&` and `||`.
    Logic,
    /// A `require!` that lets everything pass.
    Require,
    /// A constraint of an instruction's accounts that lets every account pass.
    Constraint,
    /// A call of a check that is left out.
    Check,
    /// `min` and `max`.
    Bound,
    /// Rounding up and rounding down.
    Rounding,
    /// Adding and subtracting.
    Sign,
}

impl Kind {
    /// What the table calls it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Comparison => "comparison: `<` `<=`, `>` `>=`, `==` `!=`",
            Self::Logic => "logic: `&&` `||`",
            Self::Require => "`require!` dropped",
            Self::Constraint => "constraint on an account dropped",
            Self::Check => "call of a check dropped",
            Self::Bound => "bound: `min` `max`",
            Self::Rounding => "rounding: up, down",
            Self::Sign => "sign: plus, minus",
        }
    }
}

/// One place in a rule, and what it becomes.
#[derive(Clone, Debug)]
pub struct Site {
    /// File, from the repository's root.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// The function, or the struct and its field.
    pub place: String,
    /// What is changed.
    pub kind: Kind,
    /// The source, on one line.
    pub source: String,
    /// What is put in place of it.
    pub mutant: String,
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} {}: `{}` → `{}`", self.file, self.line, self.place, self.source, self.mutant)
    }
}

/// Methods and what stands in for them. Their receivers are numbers.
const METHODS: &[(&str, &str, Kind)] = &[
    ("min", "max", Kind::Bound),
    ("max", "min", Kind::Bound),
    ("checked_add", "checked_sub", Kind::Sign),
    ("checked_sub", "checked_add", Kind::Sign),
    ("saturating_add", "saturating_sub", Kind::Sign),
    ("saturating_sub", "saturating_add", Kind::Sign),
    ("wrapping_add", "wrapping_sub", Kind::Sign),
    ("wrapping_sub", "wrapping_add", Kind::Sign),
];

/// Functions and what stands in for them, with the module of both.
const FUNCTIONS: &[(&str, &str, &str)] = &[
    ("mul_div_floor", "mul_div_ceil", "coverage_math::wide"),
    ("mul_div_ceil", "mul_div_floor", "coverage_math::wide"),
    ("bps_floor", "bps_ceil", "coverage_math"),
    ("bps_ceil", "bps_floor", "coverage_math"),
    ("assets_for_shares", "assets_for_shares_ceil", "coverage_math::shares"),
    ("assets_for_shares_ceil", "assets_for_shares", "coverage_math::shares"),
];

/// B1 to B5 are looked at when every instruction ends. That nothing ever comes of it is what the other rules are for, so a
/// call left out is not a mutant.
const NET: &str = "check_books";

/// The rewritten text of a file, whose mutants have the numbers from `first` on, and what they are.
pub fn rewrite(file: &str, text: &str, first: usize) -> Result<(String, Vec<Site>)> {
    let parsed = syn::parse_file(text).with_context(|| format!("parse {file}"))?;
    let mut rewriter =
        Rewriter { file, text, first, sites: vec![], edits: vec![], place: vec![], owner: None, failed: None };
    rewriter.visit_file(&parsed);
    if let Some(error) = rewriter.failed {
        return Err(anyhow!(error).context(format!("rewrite {file}")));
    }
    // What begins at one place keeps the order in which it was written down: the outer mutant around the inner one.
    rewriter.edits.sort_by_key(|(range, _)| range.start);
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (range, insert) in &rewriter.edits {
        let kept = text.get(at..range.start).with_context(|| format!("{file}: two mutants overlap"))?;
        out.push_str(kept);
        out.push_str(insert);
        at = range.end;
    }
    out.push_str(text.get(at..).context("an edit past the end")?);
    Ok((out, rewriter.sites))
}

struct Rewriter<'a> {
    file: &'a str,
    text: &'a str,
    first: usize,
    sites: Vec<Site>,
    edits: Vec<(Range<usize>, String)>,
    place: Vec<String>,
    /// The struct whose fields are visited.
    owner: Option<String>,
    failed: Option<syn::Error>,
}

impl Rewriter<'_> {
    /// Records a mutant, and returns the condition that selects it.
    fn site(&mut self, span: Span, kind: Kind, mutant: &str) -> String {
        let source = self.text.get(span.byte_range()).unwrap_or_default();
        self.sites.push(Site {
            file: self.file.to_owned(),
            line: span.start().line,
            place: self.place.join("::"),
            kind,
            source: source.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(").replace(" .", "."),
            mutant: mutant.to_owned(),
        });
        format!("coverage_math::mutant({})", self.first + self.sites.len() - 1)
    }

    fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.edits.push((range, text.into()));
    }

    fn before(&mut self, node: &impl Spanned, text: impl Into<String>) {
        let start = node.span().byte_range().start;
        self.replace(start..start, text);
    }

    fn after(&mut self, node: &impl Spanned, text: impl Into<String>) {
        let end = node.span().byte_range().end;
        self.replace(end..end, text);
    }

    /// Two operands, each evaluated once, then one of two expressions of `a` and `b`.
    fn choose(&mut self, whole: Span, operands: [(&Expr, &str); 2], selected: &str, mutant: &str, original: &str) {
        let [(left, left_sign), (right, right_sign)] = operands;
        self.before(&whole, format!("(match ({left_sign}("));
        self.visit_expr(left);
        self.replace(left.span().byte_range().end..right.span().byte_range().start, format!("), {right_sign}("));
        self.visit_expr(right);
        self.replace(
            right.span().byte_range().end..whole.byte_range().end,
            format!(")) {{ (a, b) => if {selected} {{ {mutant} }} else {{ {original} }} }})"),
        );
    }

    /// A function, without `const`: what reads the bytecode is not.
    fn function(&mut self, constness: Option<Token![const]>, name: String, body: &Block) {
        let sites = self.sites.len();
        self.place.push(name);
        self.visit_block(body);
        self.place.pop();
        if let (Some(token), true) = (constness, self.sites.len() > sites) {
            self.replace(token.span.byte_range(), "");
        }
    }

    fn condition(&mut self, condition: &Expr, kind: Kind) {
        let selected = self.site(condition.span(), kind, "true");
        self.before(condition, "(");
        self.visit_expr(condition);
        self.after(condition, format!(" || {selected})"));
    }

    fn constraints(&mut self, input: ParseStream, field: &str) -> syn::Result<()> {
        // Whatever lies between the entries is stepped over, token by token.
        while !input.is_empty() {
            if input.peek(syn::Ident) {
                let name: syn::Ident = input.parse()?;
                if name == "address" && input.peek(Token![=]) {
                    input.parse::<Token![=]>()?;
                    let address: Expr = input.parse()?;
                    let selected = self.site(address.span(), Kind::Constraint, "any address");
                    self.before(&address, format!("if {selected} {{ *{field}.account().address() }} else {{ "));
                    self.after(&address, " }");
                } else if name == "constraint" {
                    let inner;
                    syn::parenthesized!(inner in input);
                    let condition: Expr = inner.parse()?;
                    self.condition(&condition, Kind::Constraint);
                    inner.parse::<TokenStream>()?;
                }
            } else {
                input.parse::<proc_macro2::TokenTree>()?;
            }
        }
        Ok(())
    }
}

/// `require!(condition, error)`.
fn required(input: ParseStream) -> syn::Result<Expr> {
    let condition = input.parse()?;
    input.parse::<TokenStream>()?;
    Ok(condition)
}

/// The comparison or connection that stands in for an operator.
fn other(op: &BinOp) -> Option<(&'static str, &'static str, Kind)> {
    Some(match op {
        BinOp::Lt(_) => ("<", "<=", Kind::Comparison),
        BinOp::Le(_) => ("<=", "<", Kind::Comparison),
        BinOp::Gt(_) => (">", ">=", Kind::Comparison),
        BinOp::Ge(_) => (">=", ">", Kind::Comparison),
        BinOp::Eq(_) => ("==", "!=", Kind::Comparison),
        BinOp::Ne(_) => ("!=", "==", Kind::Comparison),
        BinOp::And(_) => ("&&", "||", Kind::Logic),
        BinOp::Or(_) => ("||", "&&", Kind::Logic),
        _ => return None,
    })
}

/// A condition with a `let` in it binds names, and must stay as it is.
fn binds(expr: &Expr) -> bool {
    match expr {
        Expr::Let(_) => true,
        Expr::Binary(binary) => binds(&binary.left) || binds(&binary.right),
        _ => false,
    }
}

/// `x.check_…(…)?`.
fn is_check(expr: &Expr) -> bool {
    let Expr::Try(tried) = expr else { return false };
    let Expr::MethodCall(call) = &*tried.expr else { return false };
    call.method.to_string().starts_with("check_") && call.method != NET
}

impl<'ast> Visit<'ast> for Rewriter<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            // Constants are not evaluated by the bytecode; tests and macros are not in it.
            Item::Const(_) | Item::Static(_) | Item::Macro(_) => {}
            Item::Mod(module) if module.attrs.iter().any(|attribute| attribute.path().is_ident("cfg")) => {}
            Item::Impl(block) => {
                let name = match &*block.self_ty {
                    Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
                    _ => None,
                };
                self.place.extend(name.clone());
                visit::visit_item_impl(self, block);
                if name.is_some() {
                    self.place.pop();
                }
            }
            Item::Struct(structure) => {
                self.owner = Some(structure.ident.to_string());
                visit::visit_item_struct(self, structure);
                self.owner = None;
            }
            _ => visit::visit_item(self, item),
        }
    }

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        self.function(function.sig.constness, function.sig.ident.to_string(), &function.block);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.function(function.sig.constness, function.sig.ident.to_string(), &function.block);
    }

    fn visit_impl_item_const(&mut self, _: &'ast syn::ImplItemConst) {}

    fn visit_trait_item_const(&mut self, _: &'ast syn::TraitItemConst) {}

    fn visit_type(&mut self, _: &'ast Type) {}

    fn visit_pat(&mut self, _: &'ast syn::Pat) {}

    fn visit_expr_repeat(&mut self, repeat: &'ast syn::ExprRepeat) {
        self.visit_expr(&repeat.expr);
    }

    fn visit_field(&mut self, field: &'ast Field) {
        let (Some(owner), Some(name)) = (self.owner.clone(), &field.ident) else { return };
        for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("account")) {
            let syn::Meta::List(list) = &attribute.meta else { continue };
            self.place.extend([owner.clone(), name.to_string()]);
            let parsed = (|input: ParseStream| self.constraints(input, &name.to_string())).parse2(list.tokens.clone());
            self.place.truncate(self.place.len() - 2);
            if let Err(error) = parsed {
                self.failed = Some(error);
            }
        }
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        match statement {
            Stmt::Expr(check, Some(_)) if is_check(check) => {
                let selected = self.site(check.span(), Kind::Check, "");
                self.before(statement, format!("if !{selected} {{ "));
                visit::visit_stmt(self, statement);
                self.after(statement, " }");
            }
            _ => visit::visit_stmt(self, statement),
        }
    }

    fn visit_macro(&mut self, invoked: &'ast Macro) {
        if invoked.path.is_ident("require") {
            match required.parse2(invoked.tokens.clone()) {
                Ok(condition) => self.condition(&condition, Kind::Require),
                Err(error) => self.failed = Some(error),
            }
        }
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        let (left, right) = (&*binary.left, &*binary.right);
        let choice = if binds(left) || binds(right) { None } else { other(&binary.op) };
        match choice {
            // Either of both, or neither, is by De Morgan the other connection: the right side stays unasked where it was.
            Some((from, to, Kind::Logic)) => {
                let selected = self.site(binary.span(), Kind::Logic, to);
                self.before(binary, "((((");
                self.visit_expr(left);
                let range = left.span().byte_range().end..right.span().byte_range().start;
                self.replace(range, format!(") != {selected}) {from} (("));
                self.visit_expr(right);
                self.after(binary, format!(") != {selected})) != {selected})"));
            }
            Some((from, to, kind)) => {
                let selected = self.site(binary.span(), kind, to);
                let operands = [(left, "&"), (right, "&")];
                self.choose(binary.span(), operands, &selected, &format!("a {to} b"), &format!("a {from} b"));
            }
            None => visit::visit_expr_binary(self, binary),
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        let name = call.method.to_string();
        let found = METHODS.iter().find(|(method, ..)| *method == name);
        let (Some((from, to, kind)), Some(argument), 1) = (found, call.args.first(), call.args.len()) else {
            return visit::visit_expr_method_call(self, call);
        };
        let selected = self.site(call.span(), *kind, to);
        // `min` of a reference would be another method.
        let sign = if *kind == Kind::Bound { "" } else { "&" };
        let operands = [(&*call.receiver, sign), (argument, "")];
        self.choose(call.span(), operands, &selected, &format!("a.{to}(b)"), &format!("a.{from}(b)"));
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        let Expr::Path(function) = &*call.func else { return visit::visit_expr_call(self, call) };
        let name = function.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        let Some((from, to, module)) = FUNCTIONS.iter().find(|(function, ..)| *function == name) else {
            return visit::visit_expr_call(self, call);
        };
        let selected = self.site(call.span(), Kind::Rounding, to);
        let names: Vec<_> = (0..call.args.len()).map(|at| format!("a{at}")).collect();
        let names = names.join(", ");
        self.replace(function.span().byte_range(), "(match ");
        for argument in &call.args {
            self.visit_expr(argument);
        }
        let choice = format!("if {selected} {{ {module}::{to}({names}) }} else {{ {module}::{from}({names}) }}");
        self.after(call, format!(" {{ ({names}) => {choice} }})"));
    }
}

/// What is added to `coverage-math`, which every other crate of the program knows: the number that selects a mutant.
pub const SELECTOR: &str = r#"
extern crate self as coverage_math;

/// The selected mutant in the lower two bytes, 0 for none, behind a mark that is found in the bytecode.
static SELECTED: u64 = 0x6d75_7461_6e74_0000;

/// Whether a mutant is selected. The compiler may not know.
#[inline(always)]
#[allow(unsafe_code, missing_docs)]
pub fn mutant(number: u64) -> bool {
    unsafe { core::ptr::read_volatile(&raw const SELECTED) & 0xffff == number }
}
"#;

/// Whether a mutant is in the bytecode: some jump compares with its number. Rules that only clients ask are not.
///
/// A number that other code compares with as well counts as being there.
pub fn is_in(bytecode: &[u8], number: u16) -> bool {
    const JUMPS: [u8; 2] = [0x15, 0x55]; // if equal to what follows, if not
    let (instructions, _) = bytecode.as_chunks::<8>();
    instructions
        .iter()
        .any(|[code, _, _, _, value @ ..]| JUMPS.contains(code) && u32::from_le_bytes(*value) == u32::from(number))
}

/// The mark of [`SELECTOR`], little-endian.
const MARK: [u8; 6] = *b"tnatum";

/// A copy of a binary in which a mutant is selected.
pub fn select(binary: &[u8], number: u16) -> Result<Vec<u8>> {
    let mark = [&[0, 0], &MARK[..]].concat();
    let found: Vec<_> = (0..binary.len()).step_by(8).filter(|at| binary[*at..].starts_with(&mark)).collect();
    ensure!(found.len() == 1, "the mark is {} times in the binary", found.len());
    let mut selected = binary.to_owned();
    selected[found[0]..found[0] + 2].copy_from_slice(&number.to_le_bytes());
    Ok(selected)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(text: &str) -> (String, Vec<String>) {
        let (text, sites) = rewrite("rules.rs", text, 7).expect("the text is Rust");
        (text, sites.iter().map(|site| format!("{} → {}", site.source, site.mutant)).collect())
    }

    #[test]
    fn mutants_nest_and_operands_are_evaluated_once() {
        let (text, sites) = rewritten("const fn f(a: u64) -> bool { a.min(3) < 2 }");
        assert_eq!(sites, ["a.min(3) < 2 → <=", "a.min(3) → max"]);
        let inner = "(match ((a), (3)) { (a, b) => if coverage_math::mutant(8) { a.max(b) } else { a.min(b) } })";
        let choice = "(a, b) => if coverage_math::mutant(7) { a <= b } else { a < b }";
        assert_eq!(text, format!(" fn f(a: u64) -> bool {{ (match (&({inner}), &(2)) {{ {choice} }}) }}"));
    }

    #[test]
    fn conditions_checks_and_constraints_are_dropped() {
        let (_, sites) = rewritten("fn f() { require!(is_open, Error); x.check_open()?; x.check_books(1)?; }");
        assert_eq!(sites, ["is_open → true", "x.check_open()? → "]);
        let field = "#[account(mut, address = pool.vault @ Wrong, constraint(is_due @ Early))] pub vault: Token";
        let (text, sites) = rewritten(&format!("struct S {{ {field} }}"));
        assert_eq!(sites, ["pool.vault → any address", "is_due → true"]);
        let vault = "if coverage_math::mutant(7) { *vault.account().address() } else { pool.vault }";
        let due = "(is_due || coverage_math::mutant(8))";
        assert!(text.contains(&format!("address = {vault} @ Wrong, constraint({due} @ Early)")), "{text}");
    }

    #[test]
    fn constants_tests_and_conditions_that_bind_stay() {
        let text =
            "const A: bool = 1 < 2; #[cfg(test)] mod tests { fn f() { 1 < 2; } } fn f() { if a && let Some(_) = b {} }";
        assert_eq!(rewritten(text), (text.to_owned(), vec![]));
    }

    #[test]
    fn a_mutant_is_selected_behind_the_one_mark() {
        let binary = [&[9; 8][..], &[0, 0], b"tnatum", &[9; 8]].concat();
        let selected = select(&binary, 0x0102).expect("one mark");
        assert_eq!(selected, [&[9; 8][..], &[2, 1], b"tnatum", &[9; 8]].concat());
        assert_eq!(select(&[9; 16], 1).expect_err("no mark").to_string(), "the mark is 0 times in the binary");
    }
}
