//! The door: hands the arguments to the command line and exits with its code.

use std::process::ExitCode;

fn main() -> ExitCode {
    wellspring::cli::main(std::env::args_os())
}
