//! The workbook of a place. The first byte says whether the rest is a whole file or the text of the sheet with the figures,
//! which is then packed as a spreadsheet program would: without that, hardly any change of a packed file could be unpacked.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use wellspring::cli::new::form::Form;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Read me" sheetId="1" r:id="rId1"/><sheet name="Figures" sheetId="2" r:id="rId2"/></sheets></workbook>"#;
const SHEETS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>"#;
const FIRST: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="4"><c r="B4" t="inlineStr"><is><t>My town</t></is></c></row><row r="5"><c r="B5" t="inlineStr"><is><t>england</t></is></c></row></sheetData></worksheet>"#;

fn packed(figures: &[u8]) -> Option<Vec<u8>> {
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let parts: [(&str, &[u8]); 6] = [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", SHEETS.as_bytes()),
        ("xl/worksheets/sheet1.xml", FIRST.as_bytes()),
        ("xl/worksheets/sheet2.xml", figures),
    ];
    for (name, text) in parts {
        file.start_file(name, stored).ok()?;
        file.write_all(text).ok()?;
    }
    Some(file.finish().ok()?.into_inner())
}

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let whole = if kind % 2 == 0 { Some(rest.to_vec()) } else { packed(rest) };
    if let Some(whole) = whole
        && let Ok(form) = Form::of_bytes("fuzzed.xlsx", &whole)
    {
        let _ = form.read(&[]);
    }
});
