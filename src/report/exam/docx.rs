//! Papers and keys for word processors: a small Office Open XML text (ECMA-376).

use super::blocks::{Block, Paper};
use super::zip::archive;
use crate::report::escape::markup;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;
const PACKAGE: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const DOCUMENT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Liberation Serif" w:hAnsi="Liberation Serif" w:cs="Liberation Serif"/><w:sz w:val="21"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="34"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="280" w:after="100"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="200" w:after="80"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="22"/></w:rPr></w:style></w:styles>"#;

/// The document, as the bytes of a `.docx` file. The map stands beside it as `map.svg`.
#[must_use]
pub fn write_exam_docx(paper: &Paper) -> Vec<u8> {
    let mut body = paragraph(Some("Title"), false, &run(&paper.title, ""));
    body += &paragraph(None, false, &run(&paper.subtitle, ""));
    for block in &paper.blocks {
        body += &written(block);
    }
    let page = r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1020" w:right="907" w:bottom="1020" w:left="907" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>"#;
    let head = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let document = format!("{head}\n<w:document xmlns:w=\"{space}\"><w:body>{body}{page}</w:body></w:document>");
    archive(&[
        ("[Content_Types].xml", TYPES.into()),
        ("_rels/.rels", PACKAGE.into()),
        ("word/document.xml", document.into()),
        ("word/_rels/document.xml.rels", DOCUMENT.into()),
        ("word/styles.xml", STYLES.into()),
    ])
}

fn run(text: &str, properties: &str) -> String {
    let properties = if properties.is_empty() { String::new() } else { format!("<w:rPr>{properties}</w:rPr>") };
    format!("<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", markup(text))
}

fn paragraph(style: Option<&str>, page: bool, runs: &str) -> String {
    let style = style.map_or_else(String::new, |style| format!("<w:pStyle w:val=\"{style}\"/>"));
    let page = if page { "<w:pageBreakBefore/>" } else { "" };
    let properties = if style.is_empty() && page.is_empty() { String::new() } else { format!("<w:pPr>{style}{page}</w:pPr>") };
    format!("<w:p>{properties}{runs}</w:p>")
}

fn written(block: &Block) -> String {
    match block {
        Block::Heading { level, text, page } => {
            paragraph(Some(if *level == 1 { "Heading1" } else { "Heading2" }), *page, &run(text, ""))
        }
        Block::Text { text } => paragraph(None, false, &run(text, "")),
        Block::Note { text } | Block::Map { text, .. } => paragraph(None, false, &run(text, "<w:i/><w:sz w:val=\"18\"/>")),
        Block::Table { head, rows } => {
            let head = row(head, true);
            let rows: String = rows.iter().map(|cells| row(cells, false)).collect();
            table(&format!("{head}{rows}"))
        }
        Block::Question { number, text, marks, ask, choices, lines } => {
            let mut out = paragraph(
                None,
                false,
                &format!(
                    "{}{}{}{}",
                    run(&format!("{number}. "), "<w:b/>"),
                    run(&format!("{text} "), ""),
                    run(ask, "<w:i/>"),
                    run(&format!(" ({marks})"), "<w:b/>")
                ),
            );
            for choice in choices {
                out += &paragraph(None, false, &run(&format!("☐ {choice}"), ""));
            }
            out + &paragraph(None, false, "").repeat(*lines)
        }
        Block::Lines { lines } => {
            let rows: String = lines.iter().map(|(text, marks)| row(&[text.clone(), marks.clone()], false)).collect();
            table(&rows)
        }
    }
}

fn table(rows: &str) -> String {
    let side = |name: &str| format!("<w:{name} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"].iter().map(|name| side(name)).collect();
    let properties = format!("<w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>");
    // A table must be followed by a paragraph.
    format!("<w:tbl>{properties}{rows}</w:tbl>{}", paragraph(None, false, ""))
}

fn row(cells: &[String], head: bool) -> String {
    let properties = if head { "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" } else { "<w:trPr><w:cantSplit/></w:trPr>" };
    let bold = if head { "<w:b/><w:sz w:val=\"18\"/>" } else { "<w:sz w:val=\"18\"/>" };
    let cells: String = cells.iter().map(|cell| format!("<w:tc>{}</w:tc>", paragraph(None, false, &run(cell, bold)))).collect();
    format!("<w:tr>{properties}{cells}</w:tr>")
}
