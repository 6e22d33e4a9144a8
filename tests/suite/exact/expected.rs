//! The values written above the kpis of a journey.

use super::value::evaluate;

/// What a kpi must be.
#[derive(Debug)]
pub(super) struct Expected {
    /// Its name.
    pub(super) kpi: String,
    /// The line of the kpi, from 1.
    pub(super) line: usize,
    /// The values of the whole and of parts.
    pub(super) values: Vec<(Part, Sign, f64)>,
    /// Whether it asks for what only the solver knows, or what is not simulated where it is solved: scenarios.
    pub(super) only_solved: bool,
}

/// What a value is of; parts by their labels.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    By(String),
    For(String),
    In(String),
}

/// Who must give a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// `=`: both engines.
    Solved,
    /// `~`: the simulation, and the solver if it answers.
    Simulated,
}

/// All kpis of a text with their values, each of which must have one.
pub(super) fn read(text: &str) -> Result<Vec<Expected>, String> {
    let mut found = Vec::new();
    let mut comments: Vec<&str> = Vec::new();
    for (i, line) in text.lines().enumerate() {
        if let Some(comment) = line.strip_prefix("//") {
            comments.push(comment.trim());
            continue;
        }
        if let Some(rest) = line.strip_prefix("kpi ") {
            let at = |e: String| format!("line {}: {e}", i + 1);
            let kpi = rest.split_whitespace().next().ok_or_else(|| at("a kpi without a name".to_owned()))?.to_owned();
            let values = comments.iter().filter_map(|c| value(c)).collect::<Result<Vec<_>, _>>().map_err(at)?;
            let last = comments.last().and_then(|c| value(c));
            let wholes = values.iter().filter(|(part, ..)| *part == Part::Whole).count();
            if wholes != 1 || !matches!(last, Some(Ok((Part::Whole, ..)))) {
                return Err(at(format!("`{kpi}` needs one line `// = VALUE` or `// ~ VALUE` right above it")));
            }
            let only_solved = rest.contains("leverage(") || rest.contains(" in ");
            found.push(Expected { kpi, line: i + 1, values, only_solved });
        }
        comments.clear();
    }
    Ok(found)
}

/// The values of places in the document, which may stand anywhere: line, path, value.
pub(super) fn places(text: &str) -> Result<Vec<(usize, String, f64)>, String> {
    let comments = text.lines().enumerate().filter_map(|(i, line)| Some((i + 1, line.strip_prefix("// at ")?)));
    let place = |(line, comment): (usize, &str)| {
        let at = |e: String| format!("line {line}: {e}");
        let (path, value) = comment.split_once(" = ").ok_or_else(|| at("a place without a value".to_owned()))?;
        Ok((line, path.trim().to_owned(), evaluate(value).map_err(at)?))
    };
    comments.map(place).collect()
}

/// The value of a comment line, if it gives one.
fn value(comment: &str) -> Option<Result<(Part, Sign, f64), String>> {
    let whole = comment.starts_with("= ") || comment.starts_with("~ ");
    let named = ["by ", "for ", "in "].iter().any(|word| comment.starts_with(word));
    if !whole && !named {
        return None;
    }
    let at = comment.rfind(['=', '~'])?;
    let sign = if comment[at..].starts_with('=') { Sign::Solved } else { Sign::Simulated };
    let part = match comment[..at].trim().split_once(' ') {
        Some(("by", label)) => Part::By(label.trim().to_owned()),
        Some(("for", label)) => Part::For(label.trim().to_owned()),
        Some(("in", label)) => Part::In(label.trim().to_owned()),
        _ => Part::Whole,
    };
    Some(evaluate(&comment[at + 1..]).map(|v| (part, sign, v)))
}

#[test]
fn a_kpi_without_a_value_is_refused() {
    for text in
        ["kpi a = cost\n", "// = 1\n\nkpi a = cost\n", "// = 1\n// half\nkpi a = cost\n", "// = 1\n// = 2\nkpi a = cost\n"]
    {
        assert!(read(text).is_err(), "{text}");
    }
    let two = read("// half\n// by A B ~ 1/4\n// = 3/8\nkpi a \"A\" = cost\n").unwrap();
    assert_eq!(two[0].values, [(Part::By("A B".to_owned()), Sign::Simulated, 0.25), (Part::Whole, Sign::Solved, 0.375)]);
}
