//! Just enough of HTML and of sheets to check ours: not a parser of anybody else's.

/// Elements without an end.
const VOID: [&str; 3] = ["meta", "br", "col"];

/// Every element is closed in its turn, attributes are quoted and given once, and what is not markup is escaped.
pub(super) fn assert_balanced(html: &str, name: &str) {
    let mut open: Vec<String> = Vec::new();
    let mut rest = html.strip_prefix("<!doctype html>").unwrap_or(html);
    while let Some(start) = rest.find('<') {
        assert!(
            !rest[..start].contains('>') || open.last().is_some_and(|o| o == "style"),
            "{name}: stray `>` in {}",
            &rest[..start]
        );
        let end = start + rest[start..].find('>').unwrap_or_else(|| panic!("{name}: tag not closed"));
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if tag.starts_with("script") {
            // What stands in it is no markup up to its end.
            rest = rest.split_once("</script>").unwrap_or_else(|| panic!("{name}: script not closed")).1;
            continue;
        }
        if let Some(closing) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(closing), "{name}: before {}", &rest[..rest.len().min(80)]);
            continue;
        }
        let element = tag.split([' ', '\n', '/']).next().unwrap_or_default().to_owned();
        assert_eq!(tag.matches('"').count() % 2, 0, "{name}: quotes in <{tag}>");
        let attributes: Vec<&str> = tag.split('"').step_by(2).filter_map(|part| part.trim().strip_suffix('=')).collect();
        let mut once = attributes.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), attributes.len(), "{name}: attribute given twice in <{tag}>");
        if !VOID.contains(&element.as_str()) && !tag.ends_with('/') {
            open.push(element);
        }
    }
    assert!(open.is_empty(), "{name}: left open: {open:?}");
}

/// What a reader sees, a line for each piece of text.
pub(super) fn text(markup: &str) -> String {
    let mut out = String::new();
    let mut rest = markup;
    while let Some(start) = rest.find('<') {
        out.push_str(rest[..start].trim_matches('\n'));
        out.push('\n');
        if rest[start..].starts_with("<script") {
            rest = rest[start..].split_once("</script>").map_or("", |(_, rest)| rest);
            continue;
        }
        rest = rest[start..].find('>').map_or("", |end| &rest[start + end + 1..]);
    }
    out.push_str(rest);
    out.replace("&#39;", "'").replace("&quot;", "\"").replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&")
}

/// The cells of a sheet, by RFC 4180.
pub(super) fn csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let row = rows.last_mut().expect("a row");
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                row.last_mut().expect("a cell").push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            c => row.last_mut().expect("a cell").push(c),
        }
    }
    rows.retain(|row| row.len() > 1);
    rows
}
