//! Papers and keys for word processors: a small Office Open XML text (ECMA-376).

use super::blocks::{Block, Paper};
use super::zip::archive;
use crate::report::Picture;
use crate::report::escape::markup;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;
const PACKAGE: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const DOCUMENT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Liberation Serif" w:hAnsi="Liberation Serif" w:cs="Liberation Serif"/><w:sz w:val="21"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="34"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="280" w:after="100"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="200" w:after="80"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="22"/></w:rPr></w:style></w:styles>"#;

const PICTURE: &str = r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/map.png"/>"#;

/// How tall the map may be, in the same unit: a page less its margins and a title.
const TALLEST: u32 = 16_838 - 2 * 1_020 - 900;

/// How wide the text of a page is, in twentieths of a point: A4 less its margins.
const WIDTH: u32 = 11_906 - 2 * 907;

/// The document, as the bytes of a `.docx` file. Without a picture, it says where the map is.
#[must_use]
pub fn write_exam_docx(paper: &Paper, map: Option<&Picture>) -> Vec<u8> {
    let mut body = paragraph(&style("Title"), &run(&paper.title, ""));
    body += &paragraph("", &run(&paper.subtitle, ""));
    for block in &paper.blocks {
        body += &written(block, map);
    }
    let page = r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1020" w:right="907" w:bottom="1020" w:left="907" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>"#;
    let head = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let document = format!("{head}\n<w:document xmlns:w=\"{space}\"><w:body>{body}{page}</w:body></w:document>");
    let (types, relations) = match map {
        Some(_) => (
            TYPES.replacen("<Override", "<Default Extension=\"png\" ContentType=\"image/png\"/><Override", 1),
            DOCUMENT.replace("</Relationships>", &format!("{PICTURE}</Relationships>")),
        ),
        None => (TYPES.to_owned(), DOCUMENT.to_owned()),
    };
    let mut files = vec![
        ("[Content_Types].xml", types.into()),
        ("_rels/.rels", PACKAGE.into()),
        ("word/document.xml", document.into()),
        ("word/_rels/document.xml.rels", relations.into()),
        ("word/styles.xml", STYLES.into()),
    ];
    files.extend(map.map(|map| ("word/media/map.png", map.png.clone())));
    archive(&files)
}

/// The map, as wide as the page allows; `text` is what those hear who do not see it.
fn drawn(map: &Picture, text: &str) -> String {
    let (width, height) = map.size;
    // In English Metric Units: 635 to a twentieth of a point.
    let wide = f64::from(WIDTH * 635).min(f64::from(TALLEST * 635) * f64::from(width) / f64::from(height.max(1)));
    let (wide, high) = (wide as u64, (wide * f64::from(height) / f64::from(width.max(1))) as u64);
    let (space, text) = ("http://schemas.openxmlformats.org", markup(text));
    let picture = format!(
        "<pic:pic xmlns:pic=\"{space}/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"1\" name=\"map.png\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r=\"{space}/officeDocument/2006/relationships\" r:embed=\"rId2\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
    );
    let inline = format!(
        "<wp:inline xmlns:wp=\"{space}/drawingml/2006/wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{wide}\" cy=\"{high}\"/><wp:docPr id=\"1\" name=\"map\" descr=\"{text}\"/><a:graphic xmlns:a=\"{space}/drawingml/2006/main\"><a:graphicData uri=\"{space}/drawingml/2006/picture\">{picture}</a:graphicData></a:graphic></wp:inline>"
    );
    paragraph("", &format!("<w:r><w:drawing>{inline}</w:drawing></w:r>"))
}

fn run(text: &str, properties: &str) -> String {
    let properties = if properties.is_empty() { String::new() } else { format!("<w:rPr>{properties}</w:rPr>") };
    format!("<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", markup(text))
}

/// A paragraph with properties in the order that the schema wants.
fn paragraph(properties: &str, runs: &str) -> String {
    let properties = if properties.is_empty() { String::new() } else { format!("<w:pPr>{properties}</w:pPr>") };
    format!("<w:p>{properties}{runs}</w:p>")
}

fn style(name: &str) -> String {
    format!("<w:pStyle w:val=\"{name}\"/>")
}

fn written(block: &Block, map: Option<&Picture>) -> String {
    match block {
        Block::Heading { level, text, page } => {
            let page = if *page { "<w:pageBreakBefore/>" } else { "" };
            paragraph(&(style(if *level == 1 { "Heading1" } else { "Heading2" }) + page), &run(text, ""))
        }
        Block::Text { text } => paragraph("", &run(text, "")),
        Block::Map { text, .. } if let Some(map) = map => drawn(map, text),
        Block::Note { text } | Block::Map { text, .. } => paragraph("", &run(text, "<w:i/><w:sz w:val=\"18\"/>")),
        Block::Table { head, rows, widths } => {
            let head = row(head, widths, true);
            let rows: String = rows.iter().map(|cells| row(cells, widths, false)).collect();
            table(widths, &format!("{head}{rows}"))
        }
        Block::Question { number, text, marks, ask, choices, lines } => asked(number, text, marks, ask, choices, *lines),
        Block::Lines { lines } => {
            let widths = [88, 12];
            let rows: String = lines.iter().map(|(text, marks)| row(&[text.clone(), marks.clone()], &widths, false)).collect();
            table(&widths, &rows)
        }
    }
}

fn asked(number: &str, text: &str, marks: &str, ask: &str, choices: &[String], lines: usize) -> String {
    let to_the_right = format!("<w:tabs><w:tab w:val=\"right\" w:pos=\"{WIDTH}\"/></w:tabs>");
    let mut out = paragraph(
        &format!("<w:keepNext/>{to_the_right}"),
        &format!(
            "{}{}{}<w:r><w:tab/></w:r>{}",
            run(&format!("{number}. "), "<w:b/>"),
            run(&format!("{text} "), ""),
            run(ask, "<w:i/>"),
            run(marks, "<w:b/>")
        ),
    );
    for choice in choices {
        out += &paragraph("<w:keepNext/><w:ind w:left=\"340\"/>", &run(&format!("☐ {choice}"), ""));
    }
    let rule = "<w:pBdr><w:bottom w:val=\"dotted\" w:sz=\"4\" w:space=\"1\" w:color=\"000000\"/></w:pBdr><w:spacing w:before=\"200\" w:after=\"0\"/>";
    // Lines that touch share one border unless something stands between them.
    let between = rule.replace("</w:pBdr>", "<w:between w:val=\"dotted\" w:sz=\"4\" w:space=\"1\" w:color=\"000000\"/></w:pBdr>");
    out + &paragraph(&between, "").repeat(lines) + &paragraph("<w:spacing w:after=\"60\"/>", "")
}

fn table(widths: &[u32], rows: &str) -> String {
    let side = |name: &str| format!("<w:{name} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"].iter().map(|name| side(name)).collect();
    let margins = "<w:tblCellMar><w:top w:w=\"40\" w:type=\"dxa\"/><w:left w:w=\"85\" w:type=\"dxa\"/><w:bottom w:w=\"40\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar>";
    let layout = "<w:tblLayout w:type=\"fixed\"/>";
    let properties = format!(
        "<w:tblPr><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/><w:tblBorders>{borders}</w:tblBorders>{layout}{margins}</w:tblPr>"
    );
    let grid: String = widths.iter().map(|percent| format!("<w:gridCol w:w=\"{}\"/>", twentieths(*percent))).collect();
    // A table must be followed by a paragraph.
    format!("<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{}", paragraph("", ""))
}

/// A width in twentieths of a point.
fn twentieths(percent: u32) -> u32 {
    WIDTH * percent / 100
}

fn row(cells: &[String], widths: &[u32], head: bool) -> String {
    let properties = if head { "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" } else { "<w:trPr><w:cantSplit/></w:trPr>" };
    let (bold, shade) = if head {
        ("<w:b/><w:sz w:val=\"18\"/>", "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EEEEEE\"/>")
    } else {
        ("<w:sz w:val=\"18\"/>", "")
    };
    let cell = |(text, percent): (&String, &u32)| {
        let text = paragraph("<w:spacing w:after=\"0\"/>", &run(text, bold));
        format!("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>{shade}</w:tcPr>{text}</w:tc>", twentieths(*percent))
    };
    let cells: String = cells.iter().zip(widths).map(cell).collect();
    format!("<w:tr>{properties}{cells}</w:tr>")
}
