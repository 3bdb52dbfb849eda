//! A table as rows of a sheet: words as words, numbers as numbers.

use crate::table::{Cells, Content, Table};

use super::look::Look;
use super::page::Page;

/// Puts a table with its head at a row; numbers look as `look` says of their row, counted from zero. Returns the last row.
pub fn fill(page: &mut Page, head: u32, table: &Table<'_>, look: impl Fn(usize) -> Look) -> u32 {
    for (column, named) in table.columns().iter().enumerate() {
        let look = if named.content == Content::Number { Look::HeadNumber } else { Look::Head };
        page.text(head, column as u16, &named.name, look);
    }
    let mut done = 0;
    for batch in table.batches() {
        for row in 0..batch.rows() {
            let (at, numbers) = (head + 1 + (done + row) as u32, look(done + row));
            for (column, cells) in batch.cells().iter().enumerate() {
                let column = column as u16;
                match cells {
                    Cells::Words(words) => page.text(at, column, words.at(row), Look::Words),
                    // Whole numbers of a sheet are years, draws and counts, which a spreadsheet holds without loss.
                    Cells::Whole(cells) => {
                        page.number(at, column, cells[row].map_or(f64::NAN, |value| value as f64), numbers);
                    }
                    Cells::Numbers(cells) => page.number(at, column, cells[row], numbers),
                    Cells::Truth(cells) => {
                        page.text(at, column, cells[row].map_or("", |yes| if yes { "yes" } else { "no" }), Look::Words);
                    }
                }
            }
        }
        done += batch.rows();
    }
    head + done as u32
}
