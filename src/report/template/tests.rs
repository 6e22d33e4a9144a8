use super::{Given, RenderError, Templates};
use crate::limits::TEMPLATE_FUEL;
use serde_json::json;
use std::collections::BTreeMap;

fn templates(files: &[(&str, &str)]) -> Templates {
    let own: BTreeMap<String, String> = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Templates::of("mine", own)
}

fn given() -> Given {
    let view = json!({ "title": "Offre & « été »", "hot": { "rows": [{ "label": "=1+1|x", "value": null }] }, "version": 1 });
    Given::default().data("v", &view).unwrap().safe("map", "<svg/>")
}

fn rendered(name: &str, text: &str) -> Result<String, RenderError> {
    templates(&[(name, text)]).render(name, &given())
}

fn refused(text: &str) -> (String, String) {
    let error = rendered("own.html", text).unwrap_err();
    assert!(error.is_of_reader());
    let words = error.words();
    (words.en, words.fr)
}

#[test]
fn a_text_is_escaped_by_the_suffix_of_its_document() {
    let label = "{% for row in v.hot.rows %}{{ row.label }}{% endfor %} {{ v.title }}";
    for (name, expected) in [
        ("a.html", "=1+1|x Offre &amp; « été »"),
        ("a.svg", "=1+1|x Offre &amp; « été »"),
        ("a.md", "=1+1\\|x Offre &amp; « été »"),
        ("a.csv", "'=1+1|x Offre & « été »"),
        ("a.tex", "=1+1|x Offre \\& « été »"),
        ("a.txt", "=1+1|x Offre & « été »"),
        ("a.json", "\"=1+1|x\" \"Offre & « été »\""),
    ] {
        assert_eq!(rendered(name, label).unwrap(), expected, "{name}");
    }
    assert_eq!(rendered("a.html", "{{ map }}{{ v.title | safe }}").unwrap(), "<svg/>Offre & « été »");
}

#[test]
fn a_name_that_does_not_exist_is_told_with_its_place_and_the_names_that_do() {
    let (en, fr) = refused("<h1>\n  {{ v.titel }}</h1>");
    let expected = "template `mine/own.html`, line 2: there is no `titel` in `v`\n\
        2 |   {{ v.titel }}</h1>\n  \
        |      ^^^^^^^\n  \
        = did you mean `title`?\n  \
        = in `v` there are `hot`, `title`, `version`\n  \
        = docs/guides/templates.md lists all names";
    assert_eq!(en, expected);
    assert!(fr.starts_with("modèle `mine/own.html`, ligne 2 : il n'y a pas de `titel` dans `v`"), "{fr}");
    assert!(fr.contains("vouliez-vous dire `title` ?"), "{fr}");
    let (en, _) = refused("{% for row in v.hot.rows %}{{ row.lable }}{% endfor %}");
    assert!(en.contains("there is no `lable` in `v.hot.rows[]`") && en.contains("did you mean `label`?"), "{en}");
    let (en, _) = refused("{{ title }}");
    assert!(en.contains("there is nothing called `title`") && en.contains("a template is given `map`, `v`"), "{en}");
    // A step further than what is not there.
    let (en, _) = refused("{{ v.hott.rows }}");
    assert!(en.contains("there is no `hott` in `v`") && en.contains("did you mean `hot`?"), "{en}");
}

#[test]
fn asking_whether_a_name_exists_is_no_mistake() {
    assert_eq!(rendered("a.txt", "{% if v.subtitle is defined %}x{% else %}y{% endif %}").unwrap(), "y");
}

#[test]
fn what_cannot_be_read_says_where() {
    let (en, fr) = refused("a\n{% for row in v.hot.rows %}\n{{ row.label }\n{% endfor %}");
    assert!(en.contains("line 3: it cannot be read") && fr.contains("ligne 3 : il est illisible"), "{en}");
    let (en, _) = refused("{{ v.title | upperr }}");
    assert!(en.contains("line 1: there is no filter called `upperr`"), "{en}");
}

#[test]
fn a_template_that_never_ends_is_stopped() {
    let (en, fr) = refused("{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}");
    assert!(en.contains(&format!("stopped after {TEMPLATE_FUEL} steps")) && fr.contains("sans fin"), "{en}");
    let long = format!("{{% for a in range(9000) %}}{}{{% endfor %}}", "x".repeat(10_000));
    let (en, fr) = refused(&long);
    assert!(en.contains("the document grows past 64 MB") && fr.contains("64 Mo"), "{}", &en[..200]);
    // A part that includes itself.
    let error = templates(&[("own.html", "{% include 'own.html' %}")]).render("own.html", &given()).unwrap_err();
    assert!(error.is_of_reader());
}

#[test]
fn parts_come_from_the_set_and_from_nowhere_else() {
    let set = templates(&[
        ("own.html", "{% include 'parts/_head.html' %}{{ file('logo.svg') }}"),
        ("parts/_head.html", "<h1>{{ v.title }}</h1>"),
        ("logo.svg", "<svg id='logo'/>"),
    ]);
    assert_eq!(set.render("own.html", &given()).unwrap(), "<h1>Offre &amp; « été »</h1><svg id='logo'/>");
    for path in ["../secret", "/etc/passwd", "parts/../../x", "file:///etc/passwd", "./own.html"] {
        let (en, fr) = refused(&format!("{{% include '{path}' %}}"));
        assert!(en.contains(&format!("there is no text called `{path}`")) && fr.contains("nulle part ailleurs"), "{en}");
        let (en, _) = refused(&format!("{{{{ file('{path}') }}}}"));
        assert!(en.contains(&format!("there is no text called `{path}`")), "{en}");
    }
    // The place told is that of the part.
    let set = templates(&[("own.html", "\n{% include '_a.html' %}"), ("_a.html", "\n\n{{ v.x }}")]);
    let error = set.render("own.html", &given()).unwrap_err().words();
    assert!(error.en.starts_with("template `mine/_a.html`, line 3"), "{}", error.en);
}

#[test]
fn templates_of_the_reader_replace_ours_or_are_added() {
    let set = templates(&[
        ("report.html", "mine"),
        ("board.html", "x"),
        ("_part.html", "x"),
        ("parts/x.html", "x"),
        ("logo.svg", "x"),
        ("style.css", "x"),
        ("report.css", "x"),
    ]);
    assert_eq!(set.render("report.html", &given()).unwrap(), "mine");
    assert_eq!(set.added().collect::<Vec<_>>(), ["board.html", "logo.svg"]);
    assert_eq!(set.text("report.css"), Some("x"));
    assert!(Templates::default().text("report.css").is_some_and(|text| text.contains("body")));
}
