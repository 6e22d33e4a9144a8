//! Every number on the page is one of the JSON document, rounded as it is written: both are read as a stranger would read them.

use super::support::{files, jalon, root, stderr};
use serde_json::Value;
use std::collections::BTreeSet;

/// A number as it is written: its value (of a time, in seconds), how far rounding may have moved it, whether it counts hundredths.
#[derive(Clone, Copy, Debug)]
struct Written {
    value: f64,
    half: f64,
    percent: bool,
    /// `<` or `>` before it.
    beyond: Option<char>,
}

impl Written {
    fn says(self, number: f64) -> bool {
        let scaled = if self.percent { number * 100.0 } else { number };
        match self.beyond {
            Some('<') => scaled <= self.value,
            Some(_) => scaled >= self.value,
            // Floats are a little off what they stand for; halves are rounded away from zero.
            None => (scaled.abs() - self.value.abs()).abs() <= self.half * (1.0 + 1e-6) + 1e-9 * scaled.abs(),
        }
    }
}

/// The page and the document of one run.
struct Both {
    page: String,
    json: Value,
}

fn both(journey: &std::path::Path) -> Both {
    let folder = tempfile::tempdir().unwrap();
    let output = jalon().arg("run").arg(journey).arg("-o").arg(folder.path()).arg("--customers").arg("20000").output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1 | 3)), "{}", stderr(&output));
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    Both { page: read("report.html"), json: serde_json::from_str(&read("report.json")).unwrap() }
}

/// The numbers of a text. Times of two units are one number, in seconds; an interval says its unit once, at its end.
fn numbers(text: &str, decimal: char) -> Vec<Written> {
    let chars: Vec<char> = text.chars().collect();
    let mut found: Vec<Written> = Vec::new();
    let mut time_ended = None;
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() || at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_') {
            at += 1;
            continue;
        }
        let (start, mut digits, mut decimals) = (at, String::new(), None);
        while let Some(&c) = chars.get(at) {
            let digit_follows = chars.get(at + 1).is_some_and(char::is_ascii_digit);
            if c.is_ascii_digit() {
                digits.push(c);
                decimals = decimals.map(|d: i32| d + 1);
            } else if c == decimal && digit_follows && decimals.is_none() {
                digits.push('.');
                decimals = Some(0);
            } else if !((c == '\u{202f}' || c == ',' && decimal == '.') && digit_follows && decimals.is_none()) {
                break;
            }
            at += 1;
        }
        let mut value: f64 = digits.parse().unwrap();
        let mut half = 0.5 * 10_f64.powi(-decimals.unwrap_or(0));
        let before: String = chars[start.saturating_sub(2)..start].iter().collect();
        let after: String = chars[at..chars.len().min(at + 8)].iter().filter(|c| !c.is_whitespace()).collect();
        let unit: String = after.chars().take_while(|c| c.is_alphabetic()).collect();
        let seconds = [("s", 1.0), ("min", 60.0), ("h", 3_600.0), ("j", 86_400.0), ("d", 86_400.0)]
            .into_iter()
            .chain([("mois", 2_628_000.0), ("mo", 2_628_000.0), ("a", 31_536_000.0), ("y", 31_536_000.0)])
            .find(|(name, _)| *name == unit)
            .map(|(_, seconds)| seconds);
        let spaced = chars.get(at).is_some_and(|c| *c == '\u{a0}');
        if let Some(seconds) = seconds.filter(|_| spaced) {
            (value, half) = (value * seconds, half * seconds);
            // The second unit of the same time: nothing but a space stands between.
            let unit_starts = at + 1;
            if time_ended.is_some_and(|end: usize| start <= end + 2) {
                let larger: Written = found.pop().unwrap();
                value += larger.value;
            }
            time_ended = Some(unit_starts + unit.chars().count());
        }
        let beyond = before.chars().find(|c| matches!(c, '<' | '>'));
        found.push(Written { value, half, percent: after.starts_with('%') || after.starts_with("point"), beyond });
    }
    // `8,9 – 9,1 %`: the first of two has the unit of the second.
    let joined = |text: &str| text.contains("\u{a0}–\u{a0}") || text.contains("\u{a0}à\u{a0}") || text.contains("\u{a0}to\u{a0}");
    if joined(text) {
        for i in (0..found.len().saturating_sub(1)).rev() {
            found[i].percent |= found[i + 1].percent;
        }
    }
    found
}

/// What a reader sees of markup, a line per element.
fn seen(markup: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut rest = markup;
    while let Some((text, tag)) = rest.split_once('<') {
        lines.last_mut().unwrap().push_str(text);
        lines.push(String::new());
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    lines.last_mut().unwrap().push_str(rest);
    let plain = |line: String| {
        line.replace("&#39;", "'").replace("&quot;", "\"").replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&")
    };
    lines.into_iter().map(plain).filter(|line| !line.trim().is_empty()).collect()
}

/// Every number of a value, whatever it is called.
fn all(value: &Value, into: &mut Vec<f64>) {
    match value {
        Value::Number(number) => into.extend(number.as_f64()),
        Value::Array(list) => list.iter().for_each(|v| all(v, into)),
        Value::Object(map) => {
            map.values().for_each(|v| all(v, into));
            let fraction = map.get("fraction").and_then(Value::as_str).unwrap_or_default();
            into.extend(fraction.split('/').filter_map(|part| part.parse::<f64>().ok()));
        }
        Value::String(_) | Value::Bool(_) | Value::Null => {}
    }
}

impl Both {
    fn decimal(&self) -> char {
        if self.json["locale"] == "fr" { ',' } else { '.' }
    }

    fn arrivals(&self) -> f64 {
        self.json["arrivals"].as_f64().unwrap()
    }

    fn named(&self, list: &str, name: &str) -> &Value {
        self.json[list].as_array().unwrap().iter().find(|v| v["name"] == name).unwrap_or_else(|| panic!("{list}: {name}"))
    }

    /// What the document says of a cell: the number that it shows, and all that may stand below it.
    fn of_cell(&self, key: &str) -> (Option<f64>, Vec<f64>) {
        let parts: Vec<&str> = key.split(':').collect();
        let n = self.arrivals();
        let mut beside = Vec::new();
        let figure = match parts[..] {
            ["k", name] => self.named("kpis", name).clone(),
            ["h", name, at] => {
                let point = self.named("hot_points", name);
                beside.extend(point["effort"].as_f64());
                beside.extend(point["leak_value"].as_f64().map(|v| v * n));
                // `effort 3/7`
                beside.push(7.0);
                let what = ["reach", "pull", "leak", "leverage", "felt"][at.parse::<usize>().unwrap()];
                let figure = point["details"][what].clone();
                if what == "leverage" {
                    all(&figure, &mut beside);
                    return (figure["value"].as_f64().map(|v| v * n), beside);
                }
                figure
            }
            ["s", at, "count"] => {
                let stage = &self.json["funnel"][at.parse::<usize>().unwrap()];
                beside.extend(stage["left"]["value"].as_f64().map(|v| v * n));
                return (stage["entered"]["value"].as_f64().map(|v| v * n), beside);
            }
            ["s", at, what] => self.json["funnel"][at.parse::<usize>().unwrap()][what].clone(),
            [kind, at, what] => {
                let row = &self.json[if kind == "g" { "goals" } else { "ends" }][at.parse::<usize>().unwrap()];
                match what {
                    "count" => return (row["share"]["value"].as_f64().map(|v| v * n), beside),
                    "share" => row["share"].clone(),
                    _ => {
                        beside.extend(row[format!("{what}_sd")]["value"].as_f64());
                        row[format!("{what}_mean")].clone()
                    }
                }
            }
            _ => panic!("{key}"),
        };
        all(&figure, &mut beside);
        (figure["value"].as_f64(), beside)
    }
}

/// The elements of the page that have an attribute: its value, and what stands in them.
fn having<'a>(page: &'a str, attribute: &str) -> Vec<(&'a str, &'a str)> {
    page.split(&format!(" {attribute}=\""))
        .skip(1)
        .map(|part| {
            let (value, rest) = part.split_once('"').unwrap();
            let inside = rest.split_once('>').unwrap().1;
            (value, inside.split("</td>").next().unwrap().split("</div>").next().unwrap())
        })
        .collect()
}

fn body(page: &str) -> &str {
    &page[page.find("<body>").unwrap()..page.find("<script type").unwrap()]
}

#[test]
fn cells_say_what_the_document_says() {
    let mut checked = 0;
    for journey in files("specs", "journey") {
        let both = both(&journey);
        let page = body(&both.page);
        for (key, inside) in having(page, "data-f").into_iter().chain(having(page, "data-k")) {
            let lines = seen(inside);
            let (value, beside) = both.of_cell(key);
            let mut written = lines.iter().flat_map(|line| numbers(line, both.decimal()));
            let Some(value) = value.filter(|v| v.is_finite()) else {
                assert_eq!(lines.first().map(String::as_str), Some("–"), "{}: {key}", journey.display());
                continue;
            };
            let first = written.next().unwrap_or_else(|| panic!("{}: {key}: {lines:?}", journey.display()));
            assert!(first.says(value), "{}: {key}: {first:?} for {value}", journey.display());
            let minus = lines[0].trim_start().starts_with('\u{2212}');
            assert!(!minus || value < 0.0, "{}: {key}: {lines:?} for {value}", journey.display());
            for more in written {
                assert!(beside.iter().any(|b| more.says(*b)), "{}: {key}: {more:?} in {lines:?}: {beside:?}", journey.display());
            }
            checked += 1;
        }
        for part in page.split("<g data-point=\"").skip(1) {
            let (name, inside) = part.split_once('"').unwrap();
            let reach = both.named("hot_points", name)["reach"].as_f64().unwrap();
            let texts = inside.split("</g>").next().unwrap().split("<text").skip(1);
            for count in
                texts.flat_map(|text| seen(text.split_once('>').unwrap().1)).flat_map(|line| numbers(&line, both.decimal()))
            {
                assert!(count.says(reach * both.arrivals()), "{}: {name}: {count:?} for {reach}", journey.display());
            }
        }
    }
    assert!(checked > 600, "{checked} cells");
}

/// The data that the script puts in place of these cells.
#[test]
fn what_the_script_shows_is_in_the_document_too() {
    let mut checked = 0;
    for journey in files("specs", "journey") {
        let both = both(&journey);
        let data = both.page.split("id=\"data\">").nth(1).unwrap().split("</script>").next().unwrap();
        let data: Value = serde_json::from_str(data).unwrap();
        let told = journey.display();
        let mut check = |what: &str, text: &str, value: Option<f64>| {
            let written = numbers(text, both.decimal());
            match value.filter(|v| v.is_finite()) {
                Some(value) => assert!(written.first().is_some_and(|w| w.says(value)), "{told}: {what}: {text} for {value}"),
                None => assert_eq!(text, "–", "{told}: {what}"),
            }
            checked += 1;
        };
        let n = both.arrivals();
        let names = ["reach", "pull", "leak", "leverage", "felt", "visits"];
        for point in data["points"].as_array().unwrap() {
            let name = point["name"].as_str().unwrap();
            let row = both.named("hot_points", name);
            for (at, what) in names.iter().enumerate() {
                let value = row["details"][what]["value"].as_f64();
                let shown = if *what == "leverage" { value.map(|v| v * n) } else { value };
                check(name, point["figures"][at]["value"].as_str().unwrap(), shown);
                if at < 5 {
                    assert_eq!(point["sort"][at].as_f64(), value, "{told}: {name} sorted by {what}");
                }
            }
            check(name, point["customers"].as_str().unwrap(), row["reach"].as_f64().map(|v| v * n));
            for (p, by) in point["by"].as_array().unwrap().iter().enumerate() {
                let (figures, share) = (&row["personas"][p], both.json["personas"][p]["share"].as_f64().unwrap());
                for (at, what) in names[..5].iter().enumerate() {
                    let value = figures[what].as_f64();
                    let shown = if *what == "leverage" { value.map(|v| v * n * share) } else { value };
                    check(name, by["cells"][at].as_str().unwrap(), shown);
                    assert_eq!(by["sort"][at].as_f64(), value);
                }
                check(name, by["customers"].as_str().unwrap(), figures["reach"].as_f64().map(|v| v * n * share));
            }
        }
        for (list, kind) in [("personas", "persona"), ("scenarios", "scenario")] {
            for (at, chosen) in data[list].as_array().unwrap().iter().enumerate() {
                for (key, cell) in chosen["cells"].as_object().unwrap() {
                    if let Some(name) = key.strip_prefix("k:") {
                        let figure = &both.named("kpis", name)[list][at];
                        check(&format!("{kind} {key}"), cell[0].as_str().unwrap(), figure["value"].as_f64());
                    } else if let [kind @ ("g" | "e"), row, "share"] = key.split(':').collect::<Vec<_>>()[..] {
                        let row = &both.json[if kind == "g" { "goals" } else { "ends" }][row.parse::<usize>().unwrap()];
                        check(key, cell[0].as_str().unwrap(), row["personas"][at]["share"].as_f64());
                    } else if let ["s", row, "entered"] = key.split(':').collect::<Vec<_>>()[..] {
                        let share = &both.json["personas"][at]["stages"][row.parse::<usize>().unwrap()]["value"];
                        check(key, cell[0].as_str().unwrap(), share.as_f64());
                    }
                }
            }
        }
    }
    assert!(checked > 1_500, "{checked} cells");
}

/// Tables, lists and pictures: no number that the document does not have, as it is or in customers among those who arrive.
#[test]
fn no_number_comes_from_elsewhere() {
    let mut elsewhere = Vec::new();
    for journey in files("specs", "journey") {
        let both = both(&journey);
        let mut known = Vec::new();
        all(&both.json, &mut known);
        let shares: Vec<f64> = both.json["personas"].as_array().unwrap().iter().filter_map(|p| p["share"].as_f64()).collect();
        let n = both.arrivals();
        let among: Vec<f64> =
            known.iter().flat_map(|v| std::iter::once(v * n).chain(shares.iter().map(move |s| v * s * n))).collect();
        let conversions = both.json["attribution"]["conversions"].as_f64().unwrap_or(1.0);
        let credited: Vec<f64> = known.iter().map(|v| v / conversions).collect();
        known.extend(among);
        known.extend(credited);
        known.sort_by(f64::total_cmp);
        // What the author wrote, and the numbers of fixed words: scales, percentiles, 95 %.
        let own: BTreeSet<u64> =
            numbers(&std::fs::read_to_string(&journey).unwrap(), '.').iter().map(|w| w.value.to_bits()).collect();
        let fixed = [0.0, 1.0, 2.0, 5.0, 7.0, 10.0, 25.0, 50.0, 75.0, 95.0, 100.0];
        // The map adds up passages that it draws as one; its bubbles are compared above.
        let (before, map) = body(&both.page).split_once("<figure class=\"map\"").unwrap();
        let page = format!("{before}{}", map.split_once("</figure>").unwrap().1);
        for element in ["td", "th", "li", "text"] {
            let start = format!("<{element}");
            for part in page.split(&start).skip(1).filter(|part| part.starts_with([' ', '>'])) {
                let inside = part.split(&format!("</{element}>")).next().unwrap().split_once('>').unwrap().1;
                for line in seen(inside) {
                    for written in numbers(&line, both.decimal()) {
                        let near = |v: f64| known.get(known.partition_point(|k| *k < v)).copied();
                        let scale = if written.percent { 100.0 } else { 1.0 };
                        let (low, high) = ((written.value - written.half) / scale, (written.value + written.half) / scale);
                        let slack = 1e-6 * high.abs() + 1e-12;
                        let is = |low: f64, high: f64| near(low - slack).is_some_and(|v| v <= high + slack);
                        let in_document = is(low, high) || is(-high, -low) || written.beyond.is_some();
                        let as_written = own.contains(&written.value.to_bits()) || fixed.contains(&written.value);
                        if !(in_document || as_written) {
                            elsewhere.push(format!("{}: {} in <{element}> `{line}`", journey.display(), written.value));
                        }
                    }
                }
            }
        }
    }
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
}

#[test]
fn a_wrong_number_would_be_seen() {
    let [one] = numbers("12,3\u{202f}%", ',')[..] else { panic!("one number") };
    assert!(one.says(0.1234) && !one.says(0.1242) && !one.says(0.1218));
    let [time] = numbers("3\u{a0}j 16\u{a0}h", ',')[..] else { panic!("one time") };
    assert!(time.says(3.0 * 86_400.0 + 16.4 * 3_600.0) && !time.says(3.0 * 86_400.0 + 17.0 * 3_600.0));
    let both = numbers("hasard 29,2\u{a0}–\u{a0}30,4\u{202f}%", ',');
    assert!(both[0].says(0.292) && both[1].says(0.304) && both.len() == 2);
    assert!(numbers("10\u{202f}000,5", ',')[0].says(10_000.46) && root().exists());
}
