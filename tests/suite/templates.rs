//! The reader's own templates, from the folder to the documents.

use super::support::{jalon, root, run, stderr};
use std::fs;
use std::path::Path;
use tempfile::{TempDir, tempdir};

const JOURNEY: &str = "specs/campaign/sponsored_post.journey";

/// A folder of templates.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn run_with(templates: &Path, out: &Path) -> std::process::Output {
    let (templates, out) = (templates.to_str().unwrap(), out.to_str().unwrap());
    run(&["run", JOURNEY, "--customers", "1000", "--replications", "0", "--lang", "en", "--templates", templates, "-o", out])
}

#[test]
fn own_templates_replace_ours_and_are_added_to_them() {
    let mine = folder(&[
        ("report.html", "mine: {{ v.title }}, {% include 'parts/_foot.html' %}"),
        ("parts/_foot.html", "{{ file('words.txt') }}"),
        ("words.txt", "view {{ v.version }}"),
        ("persona.html", "{{ persona.name }}"),
        ("board.md", "# {{ v.title }}"),
        ("kpis.csv", "label,value\r\n{% for card in v.headline %}{{ card.label }},{{ card.figure.value }}\r\n{% endfor %}"),
        ("_part.html", "{{ nothing }}"),
        (".hidden.html", "{{ nothing }}"),
        ("logo.png", "not a template"),
    ]);
    let out = tempdir().unwrap();
    let output = run_with(mine.path(), out.path());
    assert!(output.status.success(), "{}", stderr(&output));
    let read = |name: &str| fs::read_to_string(out.path().join(name)).unwrap();
    // `file` writes what stands there as it is.
    assert_eq!(read("report.html"), "mine: Post sponsorisé, view {{ v.version }}");
    assert_eq!(read("words.txt"), "view 1");
    assert_eq!(read("persona-julie.html"), "julie");
    assert_eq!(read("board.md"), "# Post sponsorisé");
    assert!(read("kpis.csv").starts_with("label,value\r\n") && !read("kpis.csv").contains("fraction"));
    // Ours are written beside, and what is no document is not.
    assert!(read("report.md").contains("mermaid") && read("touchpoints.html").contains("<table"));
    for none in ["_part.html", ".hidden.html", "logo.png", "parts"] {
        assert!(!out.path().join(none).exists(), "{none}");
    }
}

#[test]
fn a_mistake_in_a_template_is_told_and_nothing_is_written() {
    let mine = folder(&[("board.html", "<p>\n{{ v.titel }}</p>")]);
    let out = tempdir().unwrap();
    let output = run_with(mine.path(), &out.path().join("new"));
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    for words in ["board.html`, line 2: there is no `titel` in `v`", "2 | {{ v.titel }}</p>", "^^^^^^^", "did you mean `title`?"]
    {
        assert!(said.contains(words), "{said}");
    }
    assert!(!out.path().join("new").exists());
    let (templates, out) = (mine.path().to_str().unwrap(), out.path().to_str().unwrap());
    let french = run(&["run", JOURNEY, "--customers", "1000", "--lang", "fr", "--templates", templates, "-o", out]);
    assert!(stderr(&french).contains("ligne 2 : il n'y a pas de `titel` dans `v`"), "{}", stderr(&french));
}

#[test]
fn a_folder_that_cannot_be_read_is_told() {
    let out = tempdir().unwrap();
    let output = run_with(Path::new("/no/such/folder"), out.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("cannot read `/no/such/folder`"), "{}", stderr(&output));
    let mine = folder(&[]);
    fs::write(mine.path().join("a.html"), b"\xff\xfe").unwrap();
    let output = run_with(mine.path(), out.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("it is not a text in UTF-8"), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out_of_the_folder() {
    use std::os::unix::fs::symlink;
    let secret = folder(&[("secret.txt", "secret")]);
    let out = tempdir().unwrap();
    let mine = folder(&[("a.txt", "{{ file('inner.md') }}"), ("real/inner.md", "inner")]);
    symlink(mine.path().join("real/inner.md"), mine.path().join("inner.md")).unwrap();
    assert!(run_with(mine.path(), out.path()).status.success());
    assert_eq!(fs::read_to_string(out.path().join("a.txt")).unwrap(), "inner");
    symlink(secret.path().join("secret.txt"), mine.path().join("b.txt")).unwrap();
    let output = run_with(mine.path(), out.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("leads out of the folder"), "{}", stderr(&output));
    fs::remove_file(mine.path().join("b.txt")).unwrap();
    // A folder behind a link is passed by.
    symlink(secret.path(), mine.path().join("linked")).unwrap();
    fs::write(mine.path().join("c.txt"), "{{ file('linked/secret.txt') }}").unwrap();
    assert!(stderr(&run_with(mine.path(), out.path())).contains("there is no text called `linked/secret.txt`"));
}

#[test]
fn ours_are_exported_and_what_was_changed_stays() {
    let folder = tempdir().unwrap();
    let mine = folder.path().join("mine");
    let export = |more: &[&str]| {
        jalon().args(["templates", "export", mine.to_str().unwrap()]).args(more).current_dir(root()).output().unwrap()
    };
    assert!(export(&[]).status.success());
    for name in ["report.html", "report.css", "report.md", "persona.html", "touchpoints.html", "win_back.html", "sheet.css"] {
        let ours = fs::read(root().join("templates").join(name)).unwrap();
        assert_eq!(fs::read(mine.join(name)).unwrap(), ours, "{name}");
    }
    // Documents by the exported templates are those by ours.
    let (by_ours, by_mine) = (tempdir().unwrap(), tempdir().unwrap());
    let ours = run(&["run", JOURNEY, "--customers", "1000", "--replications", "0", "-o", by_ours.path().to_str().unwrap()]);
    assert!(ours.status.success() && run_with(&mine, by_mine.path()).status.success());
    for name in ["report.html", "report.md", "persona-julie.html", "touchpoints.html"] {
        assert!(fs::read(by_ours.path().join(name)).unwrap() == fs::read(by_mine.path().join(name)).unwrap(), "{name}");
    }
    // Again is fine; what differs is kept, unless one says otherwise.
    assert!(export(&[]).status.success());
    fs::write(mine.join("report.md"), "mine").unwrap();
    let refused = export(&[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("`report.md`") && stderr(&refused).contains("--force"), "{}", stderr(&refused));
    assert!(stderr(&export(&["--lang", "fr"])).contains("diffèrent des nôtres"));
    assert_eq!(fs::read_to_string(mine.join("report.md")).unwrap(), "mine");
    assert!(export(&["--force"]).status.success());
    assert!(fs::read_to_string(mine.join("report.md")).unwrap().contains("v.title"));
}
