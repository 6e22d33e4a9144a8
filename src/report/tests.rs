use super::support::{figures, program, simulated_only, solved_only};
use super::{write_csv, write_html, write_json, write_markdown, write_mermaid, write_terminal};
use crate::locale::Lang;

#[test]
fn page() {
    let html =
        write_html(&program(), &figures(), &std::fs::read_to_string("/work/shared/design/mock/map-small.svg").unwrap(), Lang::Fr)
            .unwrap();
    std::fs::write("/tmp/report.html", &html).unwrap();
    std::fs::write("/tmp/report.md", write_markdown(&program(), &figures(), Lang::Fr).unwrap()).unwrap();
    std::fs::write("/tmp/report.en.html", write_html(&program(), &simulated_only(), "", Lang::En).unwrap()).unwrap();
    std::fs::write("/tmp/report.txt", write_terminal(&program(), &figures(), Lang::Fr, false)).unwrap();
    std::fs::write("/tmp/report.json", write_json(&program(), &solved_only()).unwrap()).unwrap();
    std::fs::write("/tmp/report.csv", write_csv(&program(), &figures())).unwrap();
    std::fs::write("/tmp/report.mmd", write_mermaid(&program(), &figures(), Lang::Fr)).unwrap();
}
