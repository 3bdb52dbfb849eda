//! How a macro begins: its name, and what it is given.

use crate::diagnostic::catalogue::notation as code;
use crate::model::Name;

use super::cursor::{Cursor, Stopped};
use super::tokens::Sign;

/// `NAME(a, b)` behind `:MACRO:`.
pub(super) fn header(cursor: &mut Cursor<'_>) -> Result<(Name, Vec<Name>), Stopped> {
    const FORM: &str = "a macro begins with `:MACRO: NAME(a, b)`, a name and what it is given";
    let Some((name, _, _)) = cursor.take_name() else {
        return cursor.stop_at_next(code::MACRO, "the name of the macro", FORM);
    };
    let Some(opened) = cursor.take(Sign::RoundOpen) else {
        return cursor.stop_at_next(code::MACRO, "`(`", FORM);
    };
    let mut parameters = Vec::new();
    loop {
        let Some((parameter, _, _)) = cursor.take_name() else {
            return cursor.stop_at_next(code::MACRO, "the name of what is given", FORM);
        };
        parameters.push(parameter);
        if cursor.take(Sign::Comma).is_none() {
            break;
        }
    }
    if let Some(at) = cursor.take(Sign::Colon) {
        return cursor.stop(
            code::MACRO,
            at,
            format!("the macro `{name}` gives back more than one value, which is not supported"),
            "write a macro for each value that is to come back; Vensim's manual discourages more than one as well",
        );
    }
    cursor.close(Sign::RoundClose, opened, code::MACRO, "`,` or `)`")?;
    Ok((name, parameters))
}
