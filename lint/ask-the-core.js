// A rule of the protocol has one home, in Rust: TypeScript asks the core and shows what it says. Amounts and times are
// bigints and nothing else is, so whatever computes with a bigint, compares one or makes it a number restates a rule; so
// does what compares a number of an account with a literal.
import { relative, sep } from 'node:path';
import ts from 'typescript';

const ARITHMETIC = new Set(['+', '-', '*', '/', '%', '**', '<<', '>>', '&', '|', '^']);
const ORDER = new Set(['<', '<=', '>', '>=']);
const EQUALITY = new Set(['===', '!==', '==', '!=']);
const { BigIntLike, NumberLike, BooleanLike, Undefined, Null } = ts.TypeFlags;
const NUMERIC = BigIntLike | NumberLike | BooleanLike | Undefined | Null;
const NUMBERS = new Set(['Number', 'BigInt.asIntN', 'BigInt.asUintN']);

/** Lines that may compute: few enough that each can be argued about. */
const MOST_ALLOWED = 10;

/** @type {import("eslint").Rule.RuleModule} */
export const askTheCore = {
  meta: {
    type: 'problem',
    docs: { description: 'leave computing with bigints, and what stored numbers mean, to the core' },
    messages: {
      arithmetic: 'Arithmetic with a bigint: ask the core.',
      comparison: 'A comparison of a bigint: ask the core.',
      number: 'A bigint that becomes another number: ask the core, or the formatting that may.',
      state: 'A number of an account compared with a literal: ask the core what it means.',
      stale: 'Nothing needs leave to be here any more: take `{{line}}` off the list.',
    },
    schema: [
      {
        type: 'object',
        properties: {
          allow: {
            type: 'array',
            maxItems: MOST_ALLOWED,
            items: {
              type: 'object',
              properties: {
                file: { type: 'string', description: 'from the root of the repository' },
                line: { type: 'string', description: 'the whole line, without the space around it' },
                reason: { type: 'string', minLength: 1 },
              },
              required: ['file', 'line', 'reason'],
              additionalProperties: false,
            },
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ allow: [] }],
  },

  create(context) {
    const { sourceCode } = context;
    const services = sourceCode.parserServices;
    const checker = services.program.getTypeChecker();
    const file = relative(context.cwd, context.filename).replaceAll(sep, '/');
    const allowed = new Map(
      context.options[0].allow.filter((entry) => entry.file === file).map(({ line }) => [line, false]),
    );

    const report = (node, messageId) => {
      const line = sourceCode.lines[node.loc.start.line - 1].trim();
      if (allowed.has(line)) allowed.set(line, true);
      else context.report({ node, messageId });
    };

    const kindsOf = (node) => {
      const type = services.getTypeAtLocation(node);
      const known = checker.getBaseConstraintOfType(type) ?? type;
      return known.isUnion() ? known.types : [known];
    };
    const some = (node, flags) => kindsOf(node).some((kind) => kind.flags & flags);
    const every = (node, flags) => kindsOf(node).every((kind) => kind.flags & flags);
    // What could as well be words or an element, such as what React shows, is no amount.
    const isBigInt = (node) => some(node, BigIntLike) && every(node, NUMERIC);
    const isText = (node) => some(node, ts.TypeFlags.StringLike);
    const isNothing = (node) => every(node, Undefined | Null);
    // A name that the core or the generated client gives a number is no literal.
    const isLiteral = (node) => every(node, ts.TypeFlags.NumberLiteral) && !some(node, ts.TypeFlags.EnumLiteral);

    /** The property that an expression reads: `data.state`, or `state` where it was taken out of `data`. */
    const propertyOf = (node) => {
      if (node.type === 'ChainExpression') return propertyOf(node.expression);
      if (node.type === 'MemberExpression') return services.getSymbolAtLocation(node.property);
      if (node.type !== 'Identifier') return undefined;
      const declaration = services.getSymbolAtLocation(node)?.declarations?.[0];
      if (!declaration || !ts.isBindingElement(declaration)) return undefined;
      const name = declaration.propertyName ?? declaration.name;
      return ts.isIdentifier(name) ? checker.getTypeAtLocation(declaration.parent).getProperty(name.text) : undefined;
    };
    const isStored = (node) =>
      some(node, NumberLike) &&
      propertyOf(node)?.declarations?.some((place) => /\/generated\//.test(place.getSourceFile().fileName));

    const isArithmetic = (node) =>
      node.type === 'BinaryExpression' &&
      ARITHMETIC.has(node.operator) &&
      (isBigInt(node.left) || isBigInt(node.right)) &&
      !(isText(node.left) || isText(node.right));

    const compare = (node, left, right) => {
      if (isNothing(left) || isNothing(right)) return;
      if (isBigInt(left) || isBigInt(right)) report(node, 'comparison');
      else if ((isStored(left) && isLiteral(right)) || (isStored(right) && isLiteral(left))) report(node, 'state');
    };
    /** Where a bigint stands for whether it is zero. */
    const condition = (node) => {
      if (isBigInt(node)) report(node, 'comparison');
    };

    return {
      BinaryExpression(node) {
        const { operator, left, right } = node;
        if (EQUALITY.has(operator)) compare(node, left, right);
        else if (ORDER.has(operator)) {
          if (isBigInt(left) || isBigInt(right)) report(node, 'comparison');
        } else if (isArithmetic(node) && !isArithmetic(node.parent)) report(node, 'arithmetic');
      },
      AssignmentExpression(node) {
        const operator = node.operator.slice(0, -1);
        if (operator === '&&' || operator === '||') condition(node.left);
        else if (ARITHMETIC.has(operator) && isBigInt(node.left) && !isText(node.left)) report(node, 'arithmetic');
      },
      UpdateExpression(node) {
        if (isBigInt(node.argument)) report(node, 'arithmetic');
      },
      UnaryExpression(node) {
        if (node.operator === '!') condition(node.argument);
        else if ((node.operator === '-' || node.operator === '~') && isBigInt(node.argument)) {
          if (node.argument.type !== 'Literal') report(node, 'arithmetic');
        }
      },
      LogicalExpression(node) {
        if (node.operator !== '??') condition(node.left);
      },
      'ConditionalExpression, IfStatement, WhileStatement, DoWhileStatement, ForStatement'(node) {
        if (node.test) condition(node.test);
      },
      SwitchStatement(node) {
        for (const { test } of node.cases) if (test) compare(test, node.discriminant, test);
      },
      CallExpression(node) {
        if (NUMBERS.has(sourceCode.getText(node.callee)) && node.arguments.some(isBigInt)) report(node, 'number');
      },
      'Program:exit'(node) {
        for (const [line, used] of allowed) if (!used) context.report({ node, messageId: 'stale', data: { line } });
      },
    };
  },
};
