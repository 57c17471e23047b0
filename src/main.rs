//! The exit code of the command line, nothing else.

fn main() -> std::process::ExitCode {
    presend::cli::main()
}
