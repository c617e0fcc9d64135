//! `cargo xtask wasm`: the rules and formulas as WebAssembly, inside the TypeScript client.
//!
//! The module lies in one JavaScript file and starts when that file is imported. So the client needs no plugin of a
//! bundler, no second request and no `await` before its first use.

use crate::{
    cargo,
    setup::{self, WasmCompiler},
    shell,
};
use anyhow::{Context, Result};
use std::{fs, path::Path};
use wasm_bindgen_cli_support::Bindgen;

const PACKAGE: &str = "coverage-wasm";
/// The folder that the client imports as `./core`; git does not keep it.
const FOLDER: &str = "clients/ts/src/core";

/// Compiles the rules and formulas and writes them into the client, unless they are there already.
pub fn run() -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes("core", compile()?).web(true)?.typescript(true).omit_default_module_path(true);
    bindgen.remove_name_section(true).remove_producers_section(true);
    let mut output = bindgen.generate_output().context("write the JavaScript around the WebAssembly")?;
    let module = output.wasm_mut().emit_wasm();
    let types = output.ts().context("the WebAssembly has no types")?;

    let folder = cargo::root()?.join(FOLDER);
    fs::create_dir_all(&folder).with_context(|| format!("create {FOLDER}"))?;
    let script_changed = write(&folder.join("index.js"), &script(output.js(), &module)?)?;
    let types_changed = write(&folder.join("index.d.ts"), declarations(types)?)?;
    if script_changed || types_changed {
        println!("wasm: wrote {FOLDER} with {} bytes of WebAssembly", module.len());
    }
    Ok(())
}

fn compile() -> Result<Vec<u8>> {
    let root = cargo::root()?;
    let target = root.join("target/wasm");
    let mut cargo = match setup::wasm()? {
        WasmCompiler::Toolchain => cargo::host("rustc")?,
        WasmCompiler::Debian { linker } => {
            let mut cargo = setup::debian_cargo();
            let flags = [
                format!("-Clinker={linker}"),
                "-Zunstable-options".to_owned(),
                // nothing here panics: without the code that describes panics the module is a third smaller
                "-Cpanic=immediate-abort".to_owned(),
                format!("--remap-path-prefix={}=.", root.display()),
                format!("--remap-path-prefix={}=cargo", cargo::home()?.display()),
            ];
            cargo.args(["rustc", "-Zbuild-std=std,panic_abort"]);
            cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")).env("RUSTC_BOOTSTRAP", "1");
            // crate names that do not depend on where the repository lies
            cargo.env("RUSTC_WRAPPER", root.join("xtask/sbf/rustc.sh")).env("SBF_SOURCE_ROOT", &root);
            cargo
        }
    };
    cargo.args(["--locked", "--package", PACKAGE, "--lib", "--crate-type", "cdylib"]);
    cargo.args(["--profile", "wasm", "--target", setup::WASM_TARGET]);
    shell::stream(cargo.current_dir(&root).env("CARGO_TARGET_DIR", &target))?;
    let file = target.join(setup::WASM_TARGET).join("wasm/coverage_wasm.wasm");
    fs::read(&file).with_context(|| format!("read {}", file.display()))
}

/// The JavaScript, which starts the module itself instead of offering functions that do.
///
/// The module stands in it in hexadecimal digits: a byte is always the same two, so what repeats in it repeats, and the script takes a seventh
/// less than in base64 once it is compressed.
fn script(glue: &str, module: &[u8]) -> Result<String> {
    let functions = glue
        .trim_end()
        .strip_suffix("export { initSync, __wbg_init as default };")
        .context("wasm-bindgen ends its JavaScript in another way")?;
    Ok(format!(
        "// Written by `cargo xtask wasm`: do not edit.\n{functions}\
         initSync({{ module: Uint8Array.from('{}'.match(/../g), (byte) => parseInt(byte, 16)) }});\n",
        module.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    ))
}

/// The types of what is left in [`script`].
fn declarations(types: &str) -> Result<&str> {
    let (functions, _) =
        types.split_once("export type InitInput").context("wasm-bindgen types its start in another way")?;
    Ok(functions)
}

/// Writes a file unless it is the same already, and returns whether it was not.
fn write(file: &Path, text: &str) -> Result<bool> {
    if fs::read_to_string(file).is_ok_and(|there| there == text) {
        return Ok(false);
    }
    fs::write(file, text).with_context(|| format!("write {}", file.display()))?;
    Ok(true)
}
