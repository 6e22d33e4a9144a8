mod markup;
mod published;

use super::support::{
    NASTY, bare, figures, findings, fractions, levers, named, nasty, no_levers, program, simulated_only, solved_only,
};
use super::{
    Templates, mermaid, template, write_csv, write_documents, write_figures_csv, write_json, write_levers_csv, write_mermaid,
    write_terminal, write_tornado_csv,
};
use super::{digest, escape};
use crate::diagnostics::Sources;
use crate::levers::KeyLevers;
use crate::locale::Lang;
use crate::locale::Lang::{En, Fr};
use crate::measure::Figures;
use crate::model::Program;
use crate::report::Keys;
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

const MAP: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><title>map</title></svg>";

/// Journeys and figures that differ in what they have.
fn all() -> Vec<(&'static str, Program, Figures)> {
    let (nasty, nasty_figures) = nasty();
    let (bare, bare_figures) = bare();
    vec![
        ("both", program(), figures()),
        ("solved", program(), solved_only()),
        ("simulated", program(), simulated_only()),
        ("nasty", nasty, nasty_figures),
        ("bare", bare, bare_figures),
    ]
}

fn html(program: &Program, figures: &Figures, lang: Lang) -> String {
    document("report.html", program, figures, MAP, lang)
}

/// One document of a run.
fn document(name: &str, program: &Program, figures: &Figures, map: &str, lang: Lang) -> String {
    let keys = Keys { levers: &levers_of(figures), stories: &[] };
    let documents = write_documents(program, figures, keys, map, &sources(), lang, &Templates::default()).unwrap();
    documents.into_iter().find(|(found, _)| found == name).unwrap().1
}

/// A text for the places of the journey to be in.
fn sources() -> Sources {
    let mut sources = Sources::default();
    sources.add("specs/post.journey", "journey post\n");
    sources
}

fn json(program: &Program, figures: &Figures) -> String {
    write_json(program, figures, Keys { levers: &levers_of(figures), stories: &[] }, Some(&fractions()), &findings()).unwrap()
}

/// What its key figures hang on, where anything is solved.
fn levers_of(figures: &Figures) -> Vec<KeyLevers> {
    if figures.method.solved.is_ok() { levers() } else { no_levers() }
}

fn markdown(program: &Program, figures: &Figures, lang: Lang) -> String {
    document("report.md", program, figures, MAP, lang)
}

/// The script of the page.
fn script() -> &'static str {
    super::TEMPLATES.iter().find(|(name, _)| *name == "report.js").unwrap().1
}

/// The page without its style sheet, which has no figures in it.
fn body(html: &str) -> &str {
    &html[html.find("<body>").unwrap()..html.find("<script>").unwrap()]
}

#[test]
fn pages() {
    insta::assert_snapshot!("html_fr", body(&html(&program(), &figures(), Fr)));
    insta::assert_snapshot!("markdown_fr", markdown(&program(), &figures(), Fr));
    insta::assert_snapshot!("markdown_en_simulated", markdown(&program(), &simulated_only(), En));
    insta::assert_snapshot!("terminal_fr", write_terminal(&program(), &figures(), Fr, false));
    insta::assert_snapshot!("terminal_en_solved", write_terminal(&program(), &solved_only(), En, false));
    let version = concat!("\"", env!("CARGO_PKG_VERSION"), "\"");
    insta::assert_snapshot!("json", json(&program(), &figures()).replace(version, "\"…\""));
    insta::assert_snapshot!("csv", write_csv(&program(), &figures()));
    insta::assert_snapshot!("csv_figures", write_figures_csv(&program(), &figures()));
    let sheets = [write_levers_csv(&program(), &levers()), write_tornado_csv(&program(), &levers())];
    insta::assert_snapshot!("csv_levers", sheets.map(Option::unwrap).join("\n"));
}

#[test]
fn every_page_is_well_formed_and_needs_no_network() {
    for (name, program, figures) in all() {
        for lang in [En, Fr] {
            let html = html(&program, &figures, lang);
            markup::assert_balanced(&html, name);
            assert!(html.starts_with("<!doctype html>"), "{name}");
            assert!(html.contains(&format!("<html lang=\"{}\">", lang.code())), "{name}");
            assert!(html.contains("default-src 'none'"), "{name}");
            // The data and the one script that the policy knows by its digest.
            assert_eq!(html.matches("<script").count(), 2, "{name}");
            assert!(html.contains(&format!("script-src '{}'", digest::of_script(script()))), "{name}");
            assert!(html.contains(&format!("<script>{}</script>", script())), "{name}");
            for loads in ["<link", "<iframe", " src=", "url(", "@import", "javascript:"] {
                assert!(!html.contains(loads), "{name}: {loads}");
            }
            assert_eq!(html.matches("<table").count(), html.matches("<caption").count(), "{name}: every table has a caption");
            assert_eq!(html.matches("<th ").count(), html.matches("scope=\"").count(), "{name}: every heading has a scope");
            assert!(!html.contains("<th>"), "{name}");
            for word in ["NaN", ">inf", ">None<", ">none<", "undefined"] {
                assert!(!body(&html).contains(word), "{name}: {word}");
            }
        }
    }
}

#[test]
fn a_map_stands_in_the_page_as_it_is_and_is_left_out_where_there_is_none() {
    assert!(html(&program(), &figures(), Fr).contains(MAP));
    assert!(!document("report.html", &program(), &figures(), "", Fr).contains("mapsec\">"));
}

#[test]
fn what_an_author_writes_stays_text() {
    let (program, figures) = nasty();
    let page = html(&program, &figures, En);
    assert!(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"));
    assert!(!page.contains('\u{1b}'));
    let markdown = markdown(&program, &figures, En);
    assert!(!markdown.contains("<script") && !markdown.replace("\\]", "").contains("](http") && !markdown.contains('\u{1b}'));
    for line in markdown.lines().filter(|l| l.starts_with("| ")) {
        // Within a cell, a bar is escaped: all lines of a table have the cells of its head.
        assert!(line.ends_with('|'), "{line}");
    }
    let terminal = write_terminal(&program, &figures, En, false);
    assert!(!terminal.contains('\u{1b}'));
    let value: serde_json::Value = serde_json::from_str(&json(&program, &figures)).unwrap();
    assert_eq!(value["label"], NASTY);
}

#[test]
fn tables_of_markdown_keep_their_columns() {
    for (name, program, figures) in all() {
        let text = markdown(&program, &figures, Fr);
        let cells = |line: &str| line.replace("\\|", "").matches('|').count();
        let mut width = None;
        for line in text.lines() {
            width = if line.starts_with('|') { Some(*width.get_or_insert(cells(line))) } else { None };
            assert!(width.is_none_or(|w| w == cells(line)), "{name}: {line}");
        }
    }
}

#[test]
fn french_is_set_as_french_is() {
    for (name, program, figures) in all().into_iter().filter(|(name, ..)| *name != "nasty") {
        let texts = [
            markup::text(body(&html(&program, &figures, Fr))),
            markup::text(&markdown(&program, &figures, Fr).replace("```mermaid", "").replace("```", "")),
            write_terminal(&program, &figures, Fr, false),
        ];
        for text in texts {
            for wrong in [" %", "\u{a0}%", " €", " ;", " ?", " !", "« ", " »", "...", "--", "l'", "d'", "n'"] {
                // Arrows of the drawing and what the author wrote himself stand as they are.
                let at = text.lines().find(|line| {
                    line.contains(wrong) && !line.contains("-->") && !line.contains("| :---") && !line.contains("| ---:")
                });
                assert!(at.is_none(), "{name}: `{wrong}` in `{}`", at.unwrap_or_default());
            }
            let digits_before_percent = text.char_indices().filter(|(_, c)| *c == '%').all(|(at, _)| {
                let before = text[..at].chars().next_back();
                before == Some('\u{202f}') || text[..at].ends_with("0.3")
            });
            assert!(digits_before_percent, "{name}");
        }
    }
}

#[test]
fn english_is_set_as_english_is() {
    let text = markup::text(body(&html(&program(), &figures(), En))) + &write_terminal(&program(), &figures(), En, false);
    for wrong in ["\u{202f}", " :", "«", "\u{a0}:", "0,375"] {
        assert!(!text.contains(wrong), "{wrong}");
    }
    for right in ["0.375%", "€10.00", "3/800", "1,000 customers", "+0.675"] {
        assert!(text.contains(right), "{right}");
    }
}

#[test]
fn a_figure_says_how_it_was_obtained_and_what_its_interval_is() {
    let simulated = write_terminal(&program(), &simulated_only(), En, false);
    assert!(simulated.contains("Not solved exactly: the journey has a horizon"));
    assert!(!simulated.contains("exact "));
    let solved = write_terminal(&program(), &solved_only(), En, false);
    assert!(solved.contains("Not simulated."));
    // A solved figure has no precision interval: it shows another spread by its name.
    assert!(solved.contains("chance\u{a0}0.10\u{a0}–\u{a0}0.80%"));
}

#[test]
fn a_template_cannot_name_what_does_not_exist() {
    let given = template::given(&Templates::default(), &serde_json::json!({ "title": "x" }), template::Drawn::default()).unwrap();
    let error = Templates::default().render("report.md", &given).unwrap_err();
    assert!(error.to_string().contains("in `v` there are `title`"), "{error}");
}

#[test]
fn escapes() {
    assert_eq!(escape::markup("<a href='x'>&\"\u{0}\u{fffe}é"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;é");
    assert_eq!(
        escape::markdown("a|b_c*d`e[f]\n#1 <g> $h$ ~i~ @j &amp;"),
        "a\\|b\\_c\\*d\\`e\\[f\\] \\#1 &lt;g&gt; \\$h\\$ \\~i\\~ &#64;j &amp;amp;"
    );
}

#[test]
fn labels_of_a_drawing_are_only_labels() {
    // Numeric codes are those of ASCII.
    for (text, label) in [
        ("Post sponsorisé", "Post sponsorisé"),
        ("a \"b\"", "a #34;b#34;"),
        ("[c] (d) {e}", "#91;c#93; #40;d#41; #123;e#125;"),
        ("`x` #quot; <b>", "#96;x#96; #35;quot#59; #60;b#62;"),
        ("1. Un", "1#46; Un"),
        ("- tiret", "#45; tiret"),
        ("3,75", "3,75"),
        ("v1.2", "v1.2"),
        ("a\nb", "a b"),
        ("%%{init}", "#37;#37;#123;init#125;"),
        ("", "#160;"),
    ] {
        assert_eq!(mermaid::label(text), label);
    }
}

#[test]
fn a_drawing_holds_what_can_be_reached() {
    let drawing = write_mermaid(&program(), &figures(), Fr);
    // 1,000 arrive, 90 click, 910 leave at once; 3.75 are served.
    for line in ["a0 ==>|\"1\u{202f}000\"| t0", "t0 ==>|\"90\"| t1", "t0 -->|\"910\"| e1", "t4 ==>|\"3,75\"| e0"] {
        assert!(drawing.lines().any(|l| l.trim() == line), "{line}");
    }
    let ids: BTreeSet<&str> = drawing
        .lines()
        .map(str::trim)
        .filter(|l| !l.starts_with("classDef") && !l.starts_with("subgraph") && *l != "end" && !l.starts_with("flowchart"))
        .map(|l| l.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap())
        .collect();
    assert_eq!(ids, ["a0", "e0", "e1", "t0", "t1", "t2", "t3", "t4"].into());
}

#[test]
fn a_terminal_page_is_at_most_a_hundred_columns_wide() {
    let (mut wide, figures) = (program(), figures());
    for touchpoint in &mut wide.base.touchpoints {
        touchpoint.name = named("x", &"Une étiquette vraiment très longue 日本語 ".repeat(5));
    }
    wide.kpis[0].name.label = "x".repeat(300);
    for (name, program, figures) in all().into_iter().chain([("wide", wide, figures)]) {
        for line in write_terminal(&program, &figures, Fr, false).lines() {
            assert!(line.width() <= 100, "{name}: {} columns: {line}", line.width());
        }
    }
}

#[test]
fn colour_only_adds_codes() {
    let (plain, coloured) = (write_terminal(&program(), &figures(), Fr, false), write_terminal(&program(), &figures(), Fr, true));
    assert!(!plain.contains('\u{1b}') && coloured.contains('\u{1b}'));
    let stripped: String = coloured
        .split('\u{1b}')
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once('m').unwrap().1 })
        .collect();
    assert_eq!(stripped, plain);
}

#[test]
fn json_keeps_every_digit_and_writes_no_number_that_is_none() {
    let value: serde_json::Value = serde_json::from_str(&json(&program(), &figures())).unwrap();
    let kpi = &value["kpis"][2];
    assert_eq!(value["schema"], "jalon/1");
    assert_eq!((&kpi["name"], &kpi["value"], &kpi["fraction"]), (&"final_rate".into(), &0.00375.into(), &"3/800".into()));
    assert_eq!((&kpi["method"], &kpi["estimate"], &kpi["unit"]), (&"exact".into(), &0.003705.into(), &"share".into()));
    assert_eq!(kpi["chance"]["low"], 0.001);
    assert_eq!(value["hot_points"][0]["reach"], 1.0);
    assert_eq!((&value["seed"], &value["customers"]), (&7.into(), &200_000.into()));
    let solved: serde_json::Value = serde_json::from_str(&json(&program(), &solved_only())).unwrap();
    assert!(solved["customers"].is_null() && solved["seed"].is_null() && solved["kpis"][2]["low"].is_null());
    let (program, figures) = bare();
    let bare: serde_json::Value = serde_json::from_str(&json(&program, &figures)).unwrap();
    assert!(bare["hot_points"][0]["reach"].is_null());
}

#[test]
fn the_page_on_json_names_every_key_and_no_other() {
    fn keys(value: &serde_json::Value, into: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::Object(map) => map.iter().for_each(|(key, value)| {
                into.insert(key.clone());
                keys(value, into);
            }),
            serde_json::Value::Array(list) => list.iter().for_each(|value| keys(value, into)),
            _ => {}
        }
    }
    // What other commands write has chapters of its own, behind.
    let page = include_str!("../../docs/json.md").split("\n## Levers").next().unwrap_or_default();
    let named: BTreeSet<String> = page
        .lines()
        .filter(|line| line.starts_with("| `"))
        .filter_map(|line| line.split('`').nth(1))
        .map(str::to_owned)
        .collect();
    let mut written = BTreeSet::new();
    for (_, program, figures) in all() {
        keys(&serde_json::from_str(&json(&program, &figures)).unwrap(), &mut written);
    }
    assert_eq!(written, named, "keys written, keys in docs/json.md");
}

#[test]
fn a_sheet_is_plain() {
    let csv = write_csv(&program(), &figures());
    assert!(csv.ends_with("\r\n") && csv.matches('\n').count() == csv.matches("\r\n").count());
    let rows: Vec<Vec<String>> = markup::csv(&csv);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    let column = |name: &str| rows[0].iter().position(|c| c == name).unwrap();
    // By rank: the product page comes first.
    assert_eq!((rows[1][column("name")].as_str(), rows[1][column("reach")].as_str()), ("product", "0.09"));
    assert_eq!(rows[1][column("leverage")], "0.000675");
    assert_eq!(rows[1][column("felt")], "");
    assert_eq!(rows[4][column("felt")], "-1.5");
    assert_eq!(rows[4][column("quadrant")], "intrusive");
    let (program, figures) = nasty();
    let rows = markup::csv(&write_csv(&program, &figures));
    assert_eq!(rows[1][column("label")], format!("'{NASTY}"));
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
}

#[test]
fn levers_are_told_in_every_document() {
    let page = markup::text(body(&html(&program(), &figures(), En)));
    let text = markdown(&program(), &figures(), En);
    // One point more of `to_cart`: 0.09 × 0.75 × 0.01; 1,000 EUR buy two points of `conforming` at 500.
    for said in ["What the result hangs on", "+0.0675\u{a0}point", "€500.00", "+0.01\u{a0}point", "0.45%", "impossible", "jumps"]
    {
        assert!(page.contains(said), "{said}");
        assert!(text.contains(said), "{said}");
    }
    assert!(page.contains("jalon levers tells them") && text.contains("tells them"));
    let none = markup::text(body(&html(&program(), &simulated_only(), En)));
    assert!(none.contains("No levers without an exact value: the journey has a horizon"), "{none}");
    assert!(none.contains("there is nobody to take it over"));
    let value: serde_json::Value = serde_json::from_str(&json(&program(), &figures())).unwrap();
    let key = &value["levers"][0];
    assert_eq!((&key["kpi"]["name"], &key["ranked_by"]), (&"final_rate".into(), &"gain".into()));
    assert_eq!((&key["levers"][3]["cost_per_point"], &key["levers"][3]["gain_per_thousand"]), (&500.0.into(), &0.0001.into()));
    assert_eq!((&key["tornado"][0]["at_low"], &key["tornado"][2]["at_high"]), (&0.003.into(), &serde_json::Value::Null));
    assert_eq!(value["levers"][1]["declined"], "too_large_beside");
}

#[test]
fn sheets_of_levers_are_plain() {
    let (nasty, _) = nasty();
    for (program, keys) in [(program(), levers()), (nasty, levers())] {
        for sheet in [write_levers_csv(&program, &keys), write_tornado_csv(&program, &keys)].map(Option::unwrap) {
            let rows = markup::csv(&sheet);
            assert!(rows.len() > 3 && rows.iter().all(|row| row.len() == rows[0].len()), "{sheet}");
        }
    }
    assert!(write_levers_csv(&program(), &no_levers()).is_none() && write_tornado_csv(&program(), &no_levers()).is_none());
}
