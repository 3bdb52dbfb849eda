//! What a person types, sees and gets back as an exit code; all disk and terminal.
