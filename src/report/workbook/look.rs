//! How cells look: few looks, each with one meaning.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// What a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The title of a sheet.
    Title,
    /// A line under the title, and explanations.
    Note,
    /// A line under the title that warns.
    Warning,
    /// An explanation that runs over several lines.
    Paragraph,
    /// A heading inside a sheet.
    Heading,
    /// The head of a column of words.
    Head,
    /// The head of a column of numbers.
    HeadNumber,
    /// Words.
    Words,
    /// Words that run over several lines.
    Wrapped,
    /// Words one step in.
    Item,
    /// Words of a sum.
    Sum,
    /// Words that lead elsewhere.
    Link,
    /// A cell to be changed: a word.
    InputWord,
    /// A cell to be changed: pounds.
    InputPounds,
    /// A cell to be changed: a share.
    InputPercent,
    /// A cell to be changed: an index.
    InputIndex,
    /// Pounds in full.
    Pounds,
    /// Thousands of pounds; the cell holds pounds.
    Thousands,
    /// Thousands of pounds that are a sum.
    ThousandsSum,
    /// A count of things.
    Count,
    /// A number of any size.
    Number,
    /// A percentage of a part of one.
    Percent,
    /// A number that is a percentage already.
    PerCent,
    /// A factor near one.
    Factor,
    /// A row to be filled in, of a template: a number.
    Fill,
    /// A row to be filled in, of a template: words.
    FillWords,
}

/// Behind heads and headings.
pub const DARK: u32 = 0x1F_4E_5F;
/// Behind headings inside a sheet.
const PALE: u32 = 0xDD_E9_EE;
/// Behind cells to be changed.
const YELLOW: u32 = 0xFF_F4_CC;
/// Words of cells to be changed, as finance teams mark them.
const BLUE: u32 = 0x1F_3F_A8;
const GREY: u32 = 0x55_5F_66;
/// Words that warn.
const RED: u32 = 0xA8_1F_1F;

const THOUSANDS: &str = "£#,##0,\"k\";[Red]-£#,##0,\"k\";£0\"k\"";
const POUNDS: &str = "£#,##0;[Red]-£#,##0;£0";

/// The format of a look.
pub fn format(look: Look) -> Format {
    let plain = Format::new().set_font_size(10).set_align(FormatAlign::Top);
    let head = plain
        .clone()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(Color::RGB(DARK))
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter);
    let sum = plain.clone().set_bold().set_border_top(FormatBorder::Thin);
    let input = plain
        .clone()
        .set_font_color(Color::RGB(BLUE))
        .set_background_color(Color::RGB(YELLOW))
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0xB8_A8_60))
        .set_align(FormatAlign::Right);
    match look {
        Look::Title => Format::new().set_bold().set_font_size(16).set_font_color(Color::RGB(DARK)),
        Look::Note => plain.set_font_color(Color::RGB(GREY)),
        Look::Warning => Format::new().set_bold().set_font_color(Color::RGB(RED)),
        Look::Paragraph => plain.set_font_size(11).set_text_wrap(),
        Look::Heading => plain.set_bold().set_font_color(Color::RGB(DARK)).set_background_color(Color::RGB(PALE)),
        Look::Head => head,
        Look::HeadNumber => head.set_align(FormatAlign::Right),
        Look::Words => plain,
        Look::Wrapped => plain.set_text_wrap(),
        Look::Item => plain.set_align(FormatAlign::Left).set_indent(1),
        Look::Sum => sum,
        Look::Link => plain.set_font_size(11).set_hyperlink(),
        Look::InputWord => input,
        Look::InputPounds => input.set_num_format(POUNDS),
        Look::InputPercent => input.set_num_format("0.0%"),
        Look::InputIndex => input.set_num_format("0.000"),
        Look::Pounds => plain.set_num_format(POUNDS),
        Look::Thousands => plain.set_num_format(THOUSANDS),
        Look::ThousandsSum => sum.set_num_format(THOUSANDS),
        Look::Count => plain.set_num_format("#,##0;[Red]-#,##0;0"),
        Look::Number => plain.set_num_format("#,##0.00####;-#,##0.00####;0"),
        Look::Percent => plain.set_num_format("0.0%"),
        Look::PerCent => plain.set_num_format("0.000\"%\";[Red]-0.000\"%\";0\"%\""),
        Look::Factor => plain.set_num_format("0.0000"),
        Look::Fill => input.set_num_format("General"),
        Look::FillWords => input.set_align(FormatAlign::Left),
    }
}
