//! The `jalon` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    jalon::cli::main(std::env::args_os()).into()
}
