//! A page that stands alone: what has changed, the figures, both maps under each other; in the second one, how it felt before is drawn
//! beside how it feels now.

use super::{Condition, Pair, Side, terminal::said};
use crate::report::escape::markup;
use crate::report::map::{CurveView, FeltView, MapView, draw};
use std::fmt::Write;

const STYLE: &str = include_str!("../../../templates/report.css");

/// The page.
#[must_use]
pub fn write_html(pair: &Pair<'_>, conditions: &[Condition]) -> String {
    let l = pair.lang;
    let title = markup(&pair.new.program.base.name.label);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header class=\"w\"><h1>{title}</h1><p>{} → {}</p></header>\n<main>\n",
        l.code(),
        markup(pair.old.name),
        markup(pair.new.name)
    );
    for condition in conditions {
        let _ = writeln!(out, "<p class=\"w\">{}</p>", markup(&said(condition, l)));
    }
    edits(pair, &mut out);
    figures(pair, &mut out);
    points(pair, &mut out);
    if let Some(text) = pair.rests_on() {
        let _ = writeln!(out, "<p class=\"w note\">{}</p>", markup(text.get(l)));
    }
    maps(pair, &mut out);
    out + "</main>\n</body>\n</html>\n"
}

fn edits(pair: &Pair<'_>, out: &mut String) {
    let l = pair.lang;
    let head = if pair.difference.is_changed() {
        l.pick("What has changed", "Ce qui a changé")
    } else {
        l.pick("Nothing has changed.", "Rien n’a changé.")
    };
    let _ = writeln!(out, "<section class=\"w\"><h2>{head}</h2>");
    let groups = pair.groups();
    let items = |said: &[String]| said.iter().map(|s| markup(s)).collect::<Vec<_>>().join("<br>");
    if groups.iter().any(|g| g.number.is_some()) {
        out.push_str("<ol>\n");
        for group in groups.iter().filter(|g| g.number.is_some()) {
            let _ = writeln!(out, "<li>{}</li>", items(&group.said));
        }
        out.push_str("</ol>\n");
    }
    for group in groups.iter().filter(|g| g.number.is_none()) {
        let _ = writeln!(out, "<h3>{}</h3>\n<ul>", l.pick("Without effect on the figures", "Sans effet sur les chiffres"));
        for said in &group.said {
            let _ = writeln!(out, "<li>{}</li>", markup(said));
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</section>\n");
}

fn table(out: &mut String, title: &str, heads: &[&str], rows: &[Vec<String>]) {
    let _ = write!(out, "<section class=\"w\"><h2>{title}</h2><div style=\"overflow-x:auto\"><table><thead><tr>");
    for head in heads {
        let _ = write!(out, "<th scope=\"col\">{}</th>", markup(head));
    }
    out.push_str("</tr></thead><tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for (i, cell) in row.iter().enumerate() {
            let _ = if i == 0 {
                write!(out, "<th scope=\"row\">{}</th>", markup(cell))
            } else {
                write!(out, "<td>{}</td>", markup(cell))
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div></section>\n");
}

fn figures(pair: &Pair<'_>, out: &mut String) {
    let l = pair.lang;
    let row = |row: super::rows::KpiRow| {
        let parts: Vec<String> = row.parts.iter().map(|(number, part)| format!("{number}\u{a0}: {part}")).collect();
        let note = if row.note.is_empty() { row.label } else { format!("{} ({})", row.label, row.note) };
        vec![note, row.old, row.new, row.change, row.relative, parts.join(" · ")]
    };
    let rows: Vec<Vec<String>> = pair.kpi_rows().into_iter().map(row).collect();
    if !rows.is_empty() {
        let heads =
            ["", l.pick("before", "avant"), l.pick("after", "après"), l.pick("change", "écart"), "", l.pick("parts", "parts")];
        table(out, l.pick("Figures", "Chiffres"), &heads, &rows);
    }
}

fn points(pair: &Pair<'_>, out: &mut String) {
    let l = pair.lang;
    let row = |row: super::rows::PointRow| {
        let label = if row.note.is_empty() { row.label } else { format!("{} ({})", row.label, row.note) };
        std::iter::once(label).chain(row.cells).collect()
    };
    let rows: Vec<Vec<String>> = pair.point_rows().into_iter().map(row).collect();
    if !rows.is_empty() {
        let heads: Vec<&str> = std::iter::once("").chain(super::point_heads(l)).collect();
        table(out, l.pick("Hot points", "Points chauds"), &heads, &rows);
    }
}

fn maps(pair: &Pair<'_>, out: &mut String) {
    let l = pair.lang;
    let view = |side: Side<'_>| MapView::new(side.program, side.figures, l);
    let (old, mut new) = (view(pair.old), view(pair.new));
    overlay(pair, &mut new);
    for (title, view, id) in [(l.pick("Before", "Avant"), &old, "old"), (l.pick("After", "Après"), &new, "new")] {
        let _ = writeln!(
            out,
            "<section><div class=\"w\"><h2>{title}</h2></div><div class=\"map\">{}</div></section>",
            own_ids(&draw(view), id)
        );
    }
}

/// In the map of the new version: how everybody feels now, and how it was before.
fn overlay(pair: &Pair<'_>, view: &mut MapView) {
    let l = pair.lang;
    let felt = |point: Option<&crate::measure::HotPointFigure>| {
        point.and_then(|p| p.felt.value()).map(|value| FeltView { value, words: None })
    };
    let points = pair.points();
    view.curves = [l.pick("after", "après"), l.pick("before", "avant")]
        .map(|label| CurveView {
            label: label.to_owned(),
            note: l.pick("all customers", "tous les clients").to_owned(),
            ..CurveView::default()
        })
        .to_vec();
    for (shown, point) in view.points.iter_mut().zip(points.iter().filter(|p| p.new.is_some())) {
        shown.felt = vec![felt(point.new), felt(point.old)];
    }
}

/// A drawing whose ids are its own: two of them stand in one page.
fn own_ids(svg: &str, id: &str) -> String {
    let mut out = svg.to_owned();
    for name in ["jm-title", "jm-desc", "jm-fade", "jm-enter", "jm-hatch"] {
        let own = format!("{name}-{id}");
        out = out
            .replace(&format!("id=\"{name}\""), &format!("id=\"{own}\""))
            .replace(&format!("url(#{name})"), &format!("url(#{own})"));
    }
    out.replace("aria-labelledby=\"jm-title jm-desc\"", &format!("aria-labelledby=\"jm-title-{id} jm-desc-{id}\""))
}
