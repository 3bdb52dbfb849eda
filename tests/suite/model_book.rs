//! Model book.
