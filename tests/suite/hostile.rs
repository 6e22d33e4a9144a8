//! Input that means no good, or lost its way: it meets a clear answer, in bounded time and memory.
//!
//! Every run stands under a limit of memory (`ulimit -v`) and of processor time (`ulimit -t`): going past either ends it by a
//! signal or a failed allocation, which no assertion here takes for an answer. No duration is asserted.

#![cfg(unix)]

use super::support::{jalon, json};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A journey that is sound; lines may follow.
const SOUND: &str = "journey h \"H\"\nchannel web\nend out\narrive 10 at page\ntouchpoint page \"P\" on web {\n  -> out\n}\n";

/// 2 GB of address space, of which a debug build maps some for its threads; and a minute of one processor.
const BOUNDED: &str = "ulimit -v 2000000; ulimit -t 60; exec \"$@\"";

/// Runs the command under the limits, through a shell.
fn bounded(arguments: &[&str]) -> Command {
    let plain = jalon();
    let mut command = Command::new("sh");
    command.args(["-c", BOUNDED, "sh"]).arg(plain.get_program()).args(arguments);
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("ended by a signal\n{}", said(output)))
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A check of some bytes in a file, its findings for programs.
fn checked(bytes: &[u8]) -> (Output, Vec<Value>) {
    let output = check(bytes, &["--lang", "en", "--format", "json"]);
    let findings = json(&output)["diagnostics"].as_array().unwrap().clone();
    (output, findings)
}

/// The exit code of a check of some bytes in a file, and what it says to people.
fn shown(bytes: &[u8]) -> (i32, String) {
    let output = check(bytes, &["--lang", "en"]);
    (code(&output), said(&output))
}

fn check(bytes: &[u8], options: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.journey");
    fs::write(&file, bytes).unwrap();
    bounded(&[&["check", file.to_str().unwrap()], options].concat()).output().unwrap()
}

/// The codes of the findings, notes apart, and the lines where they stand.
fn codes(findings: &[Value]) -> Vec<(String, u64)> {
    let grave = findings.iter().filter(|d| d["severity"] != "note");
    grave.map(|d| (d["code"].as_str().unwrap().to_owned(), d["labels"][0]["line"].as_u64().unwrap())).collect()
}

/// Checks some lines behind a sound journey: the codes, with the line counted from those lines on.
fn tail(lines: &str) -> Vec<(String, u64)> {
    let (output, findings) = checked(format!("{SOUND}{lines}").as_bytes());
    let before = SOUND.lines().count() as u64;
    assert!(code(&output) < 2, "{}", said(&output));
    codes(&findings).into_iter().map(|(code, line)| (code, line - before)).collect()
}

fn one(code: &str, line: u64) -> Vec<(String, u64)> {
    vec![(code.to_owned(), line)]
}

// ------------------------------------------------------------------------------------------------------------------- size

#[test]
fn fifty_megabytes_are_refused_and_not_read() {
    let line = "param p = 1 // a line that goes on for a while\n";
    let text = line.repeat(50_000_000 / line.len());
    assert_eq!(codes(&checked(text.as_bytes()).1), one("J0002", 1));
    let (exit, said) = shown(text.as_bytes());
    assert!(exit == 1 && said.contains("larger than 4 MB"), "{said}");
}

#[test]
fn endless_streams_are_cut() {
    let zero = bounded(&["check", "/dev/zero", "--lang", "en"]).output().unwrap();
    assert_eq!(code(&zero), 1);
    assert!(said(&zero).contains("J0002"), "{}", said(&zero));
    let yes = format!("yes 'goal a' | {{ {}; }}", BOUNDED.replace("exec ", ""));
    let mut command = Command::new("sh");
    let output = command.args(["-c", &yes, "sh", env!("CARGO_BIN_EXE_jalon"), "check", "-", "--lang", "en"]).output().unwrap();
    assert_eq!(code(&output), 1);
    assert!(said(&output).contains("J0002"), "{}", said(&output));
}

#[test]
fn a_pipe_is_read_like_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let (file, pipe) = (folder.path().join("x.journey"), folder.path().join("pipe"));
    fs::write(&file, SOUND).unwrap();
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut writer = Command::new("sh").args(["-c", "cat x.journey > pipe"]).current_dir(folder.path()).spawn().unwrap();
    let output = bounded(&["check", pipe.to_str().unwrap()]).output().unwrap();
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(writer.wait().unwrap().success());
}

#[test]
fn what_cannot_be_read_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::os::unix::fs::symlink(place("nowhere"), place("dangling")).unwrap();
    std::os::unix::fs::symlink(place("loop"), place("loop")).unwrap();
    fs::write(place("closed"), SOUND).unwrap();
    fs::set_permissions(place("closed"), fs::Permissions::from_mode(0o0)).unwrap();
    for (name, why) in
        [(".", "it is a folder"), ("dangling", "no such file"), ("none/x.journey", "no such file"), ("loop", "symbolic links")]
    {
        let output = bounded(&["check", &place(name)]).output().unwrap();
        assert_eq!(code(&output), 2, "{name}");
        assert!(said(&output).contains(why), "{name}: {}", said(&output));
    }
    // The superuser reads everything.
    if fs::read(place("closed")).is_err() {
        let output = bounded(&["check", &place("closed")]).output().unwrap();
        assert_eq!(code(&output), 2);
        assert!(said(&output).contains("permission denied"), "{}", said(&output));
    }
}

// --------------------------------------------------------------------------------------------------------------- encoding

#[test]
fn bytes_that_are_no_text_are_told_with_line_and_offset() {
    let text = [SOUND.as_bytes(), b"goal a \"caf\xe9\"\n"].concat();
    let (output, findings) = checked(&text);
    let at = SOUND.len() + 11;
    assert_eq!((code(&output), codes(&findings)), (1, one("J0001", SOUND.lines().count() as u64 + 1)));
    assert_eq!(findings[0]["labels"][0]["start"], at as u64);
    let (_, said) = shown(&text);
    assert!(
        said.contains(&format!("line 8 is not UTF-8 text (byte {at})")) && said.contains("`é` in an old encoding?"),
        "{said}"
    );
    for (start, what) in [("PK\x03\x04", "Word and Excel"), ("%PDF-1.7", "a PDF")] {
        let (exit, said) = shown(&[start.as_bytes(), b"\xff\xfe\x00"].concat());
        assert!(exit == 1 && said.contains("J0001") && said.contains(what), "{said}");
    }
    let utf16: Vec<u8> = b"\xff\xfe".iter().copied().chain(SOUND.bytes().flat_map(|b| [b, 0])).collect();
    assert!(shown(&utf16).1.contains("UTF-16"));
}

#[test]
fn every_line_end_and_a_mark_of_byte_order_are_read() {
    let (crlf, cr, bom) = (SOUND.replace('\n', "\r\n"), SOUND.replace('\n', "\r"), format!("\u{feff}{SOUND}"));
    for text in [crlf, cr, bom] {
        let (output, findings) = checked(text.as_bytes());
        assert_eq!((code(&output), findings.len()), (0, 0), "{text:?}: {}", said(&output));
    }
    for end in ["\r", "\r\n"] {
        let text = format!("{SOUND}goal\n").replace('\n', end);
        assert_eq!(codes(&checked(text.as_bytes()).1), one("J0011", 8), "{end:?}");
        let (exit, said) = shown(text.as_bytes());
        assert!(exit == 1 && said.contains("8 │ goal"), "{said}");
    }
}

#[test]
fn what_nobody_sees_is_told() {
    // The name is read without the character: a goal that nobody can reach, which is told too.
    assert_eq!(tail("goal a\0b\n"), [("J0017".to_owned(), 1), ("J0305".to_owned(), 1)]);
    assert_eq!(tail("param b = \u{1} 4\n"), one("J0017", 1));
    assert_eq!(tail("note \"red \u{1b}[31m\"\n"), one("J0017", 1));
    assert_eq!(tail("note \"ab\u{202e}dc\"\n"), one("J0017", 1));
    assert_eq!(tail("param b\u{200b}c = 4\nkpi k = bc\n").first(), Some(&("J0017".to_owned(), 1)));
}

#[test]
fn an_accent_is_the_same_in_one_character_or_two() {
    // `b` reads the param of the line before; nobody reads `b`.
    assert_eq!(tail("param caf\u{e9} = 1\nparam b = cafe\u{301} + 1\n"), one("J0318", 2));
    assert_eq!(tail("param caf\u{e9} = 1\nparam cafe\u{301} = 1\n"), one("J0102", 2));
    // Neither of the two is used, and both are told.
    let look_alike = [("J0318", 1), ("J0016", 2), ("J0016", 2), ("J0318", 2)].map(|(code, line)| (code.to_owned(), line));
    assert_eq!(tail("param page2 = 1\nparam p\u{430}ge2 = 1\n"), look_alike);
}

// ---------------------------------------------------------------------------------------------------------------- numbers

#[test]
fn numbers_are_written_out_and_end() {
    for (line, wanted) in [
        ("param a = 1e400", "J0215"),
        ("param a = 1e-400", "J0215"),
        ("param a = 1e6", "J0003"),
        ("param a = NaN", "J0101"),
        ("param a = inf", "J0101"),
        ("param a = -infinity", "J0101"),
        ("param a = 1 / 0", "J0209"),
        ("param a = 1 / (2 - 2)", "J0209"),
        ("horizon 1e300 years", "J0215"),
        ("arrive two 1e30 at page", "J0003"),
        ("param a = 0x10", "J0104"),
    ] {
        assert_eq!(tail(&format!("{line}\n")).first(), Some(&(wanted.to_owned(), 1)), "{line}");
    }
    assert_eq!(tail(&format!("param a = {}\n", "9".repeat(1_000_000))), one("J0215", 1));
    assert_eq!(tail(&format!("param a = 0.{}\n", "3".repeat(1_000_000))), one("J0215", 1));
}

/// Sixty squares of a third would have more digits than the universe has atoms.
#[test]
fn params_that_square_themselves_are_stopped() {
    let mut lines = "param p0 = 1 / 3\n".to_owned();
    (1..=60).for_each(|i| writeln!(lines, "param p{i} = p{} * p{}", i - 1, i - 1).unwrap());
    let found = tail(&lines);
    // The last one is read by nobody.
    assert_eq!(found.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["J0215", "J0318"]);
}

#[test]
fn a_long_chain_of_params_is_followed() {
    let backwards: String = (1..100_000).rev().map(|i| format!("param p{i} = p{} + 1\n", i - 1)).collect();
    // The end of the chain stands on the first line, and nobody reads it.
    assert_eq!(tail(&format!("{backwards}param p0 = 1\n")), one("J0318", 1));
    assert_eq!(tail(&format!("{backwards}param p0 = p99999\n")).first().map(|(code, _)| code.clone()), Some("J0107".to_owned()));
}

// ---------------------------------------------------------------------------------------------------------------- nesting

#[test]
fn nesting_without_end_is_told_once() {
    let many = 100_000;
    assert_eq!(tail(&format!("param x = {}1{}\n", "(".repeat(many), ")".repeat(many))), one("J0010", 1));
    assert_eq!(tail(&format!("param x = {}1\n", "1 + ".repeat(many))), one("J0010", 1));
    assert!(tail(&"{".repeat(many)).iter().any(|(code, _)| code == "J0010"));
    assert!(tail(&"stage a {\n".repeat(many)).iter().all(|(code, _)| code == "J0005" || code == "J0102"));
}

// ----------------------------------------------------------------------------------------------------------------- floods

#[test]
fn a_flood_of_mistakes_is_cut() {
    for line in ["foo bar baz\n", "-> a\n", "}\n", "locale fr\n", "goal web\n", "{\n", "\"\n", "kpi k = rate(zz)\n"] {
        let text = format!("{SOUND}{}", line.repeat(300_000 / line.len()));
        let (output, findings) = checked(text.as_bytes());
        assert_eq!(code(&output), 1, "{line:?}: {}", said(&output));
        assert!(findings.len() <= 1_001, "{line:?}: {}", findings.len());
    }
    let (_, said) = shown(format!("{SOUND}{}", "foo bar baz\n".repeat(1_000)).as_bytes());
    assert!(said.len() < 100_000 && said.contains("… and 950 more findings"), "{} {said}", said.len());
}

#[test]
fn long_lines_and_many_blank_ones_are_read() {
    assert_eq!(tail(&"\n".repeat(1_000_000)), []);
    assert_eq!(tail(&format!("note \"{}\"\n", "x".repeat(1_900_000))), []);
    assert_eq!(tail(&format!("goal {}\n", "a".repeat(1_900_000))), one("J0018", 1));
    assert_eq!(tail(&format!("goal a \"{}\n", "x".repeat(1_900_000))), one("J0007", 1));
    assert_eq!(tail(&format!("foo {}\n", "a b ".repeat(450_000))), one("J0004", 1));
    let (_, said) = shown(format!("{SOUND}goal a \"{}\n", "x".repeat(1_900_000)).as_bytes());
    assert!(said.len() < 10_000, "{}", said.len());
}

// --------------------------------------------------------------------------------------------------------------- includes

/// The codes found in `main.journey` of a folder.
fn in_folder(folder: &Path) -> (i32, Vec<(String, u64)>) {
    let main = folder.join("main.journey");
    let output = bounded(&["check", main.to_str().unwrap(), "--format", "json"]).output().unwrap();
    (code(&output), codes(json(&output)["diagnostics"].as_array().unwrap()))
}

#[test]
fn includes_in_circles_in_diamonds_and_by_two_spellings() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    fs::create_dir(folder.path().join("lib")).unwrap();
    write("main.journey", &format!("{SOUND}include \"a.journey\"\ninclude \"./lib/../b.journey\"\ninclude \"main.journey\"\n"));
    write("a.journey", "library a\ninclude \"c.journey\"\ninclude \"a.journey\"\ninclude \"main.journey\"\n");
    write("b.journey", "library b\ninclude \"lib/../c.journey\"\n");
    write("c.journey", "library c\nparam once = 1\ninclude \"b.journey\"\n");
    std::os::unix::fs::symlink(folder.path().join("c.journey"), folder.path().join("lib/link.journey")).unwrap();
    write("lib/d.journey", "library d\n");
    assert_eq!(in_folder(folder.path()), (0, vec![]));
    write("main.journey", &format!("{SOUND}include \"c.journey\"\ninclude \"lib/link.journey\"\n"));
    assert_eq!(in_folder(folder.path()), (0, vec![]));
}

#[test]
fn includes_a_thousand_deep_are_read_and_no_more() {
    let folder = tempfile::tempdir().unwrap();
    for i in 0..1_100 {
        let text = format!("library l{i}\ninclude \"{}.journey\"\n", i + 1);
        fs::write(folder.path().join(format!("{i}.journey")), text).unwrap();
    }
    fs::write(folder.path().join("main.journey"), format!("{SOUND}include \"0.journey\"\n")).unwrap();
    let (exit, found) = in_folder(folder.path());
    assert_eq!((exit, found.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>()), (1, vec!["J0002"]));
    fs::write(folder.path().join("900.journey"), "library last\n").unwrap();
    assert_eq!(in_folder(folder.path()), (0, vec![]));
}

#[test]
fn many_large_includes_are_not_all_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("big.journey"), format!("library big\n{}", "// filled\n".repeat(300_000))).unwrap();
    let mut main = SOUND.to_owned();
    (0..900).for_each(|i| writeln!(main, "include \"{}big.journey\"", "./".repeat(i)).unwrap());
    fs::write(folder.path().join("main.journey"), main).unwrap();
    let (exit, found) = in_folder(folder.path());
    assert_eq!((exit, found.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>()), (1, vec!["J0002"]));
    fs::write(folder.path().join("huge.journey"), vec![b'/'; 5 << 20]).unwrap();
    fs::write(folder.path().join("main.journey"), format!("{SOUND}include \"huge.journey\"\n")).unwrap();
    assert_eq!(in_folder(folder.path()), (1, one("J0002", 8)));
}

// ----------------------------------------------------------------------------------------------------------------- states

/// So many personas, each carrying so many flags by half, all of which are asked for.
fn carriers(personas: usize, flags: usize) -> String {
    let mut text = "journey h\nchannel web\nend out\nmemory {\n".to_owned();
    let each = |text: &mut String, line: &dyn Fn(usize) -> String| (0..flags).for_each(|j| text.push_str(&line(j)));
    each(&mut text, &|j| format!("  flag f{j}\n"));
    text.push_str("}\n");
    for i in 0..personas {
        writeln!(text, "persona p{i} {{").unwrap();
        each(&mut text, &|j| format!("  has f{j} 50%\n"));
        text.push_str("}\n");
    }
    text.push_str("arrive 1000 {\n");
    (1..personas).for_each(|i| writeln!(text, "  of p{i} 0.01%").unwrap());
    text.push_str("  of p0 otherwise\n  -> page\n}\ntouchpoint page on web {\n");
    each(&mut text, &|j| format!("  -> out 1% when f{j}\n"));
    text.push_str("  -> out otherwise\n}\n");
    text
}

#[test]
fn states_without_number_are_refused() {
    for (personas, flags) in [(10_000, 20), (1, 60)] {
        let (exit, said) = shown(carriers(personas, flags).as_bytes());
        assert!(exit == 1 && said.contains("J0307") && said.contains("more than 1,000,000"), "{said}");
    }
    let counter = |high: &str| {
        format!(
            "journey h\nmemory {{\n  counter c 0..{high}\n}}\nchannel web\nend out\narrive 10 at page\ntouchpoint page on web {{\n  \
             add c 1\n  -> page 99% when c < {high}\n  -> out otherwise\n}}\n"
        )
    };
    let codes_of = |text: String| codes(&checked(text.as_bytes()).1);
    assert_eq!(codes_of(counter("2000000000")), one("J0307", 3));
    assert_eq!(codes_of(counter("1000000000000000000")).first(), one("J0215", 3).first());
    // What no guard reads costs no state, only the warning that it is written and not read.
    assert_eq!(codes_of(counter("2000000000").replace(" 99% when c < 2000000000", " 50%")), one("J0320", 3));
}

/// Figures beyond all measure stay figures.
#[test]
fn enormous_counts_and_times_are_computed() {
    let sextillion = "1".to_owned() + &"0".repeat(30);
    let text =
        SOUND.replace("arrive 10", &format!("arrive {sextillion}")) + &format!("horizon {sextillion} years\nkpi k = rate(out)\n");
    let mut child = bounded(&["solve", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert_eq!(json(&output)["kpis"][0]["value"], 1.0);
}

#[test]
fn scenarios_without_number_are_refused() {
    let mut lines = String::new();
    (0..120).for_each(|i| writeln!(lines, "scenario s{i} {{\n}}").unwrap());
    assert_eq!(tail(&lines), one("J0002", 201));
    let filler = "// filled\n".repeat(100_000);
    assert_eq!(tail(&format!("{filler}{lines}")), one("J0002", 100_033));
    // 600,000 states are fine, and twice as many are not.
    let text = "journey h\nmemory {\n  counter c 0..600000\n}\nchannel web\nend out\narrive 10 at page\ntouchpoint page on web {\n  add c 1\n  \
                -> page 99% when c < 600000\n  -> out otherwise\n}\nscenario a {\n}\n";
    assert_eq!(codes(&checked(text.as_bytes()).1), one("J0307", 13));
}
