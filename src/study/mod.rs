//! One study from texts to findings: the library's front door.
