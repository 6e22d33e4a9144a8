//! What must hold of every map, on maps made by hand and on generated ones.

mod generated;
mod journey;
mod retailer;
mod views;

use super::fold::fold;
use super::words::Phrases;
use super::{Drawing, FlowView, MapView, Rect, draw, lay_out};

fn all() -> Vec<(String, MapView)> {
    let mut all = vec![("small".to_owned(), views::sponsored()), ("large".to_owned(), views::retailer())];
    all.push(("steep".to_owned(), generated::steep()));
    all.push(("folded".to_owned(), generated::with_minor_channels()));
    for points in [1, 2, 6, 9, 12, 13, 25, 40, 60, 80] {
        for (seed, skew) in [(1, 0.4), (2, 0.8), (3, 1.0)] {
            all.push((format!("{points}-{seed}"), generated::view(points, seed, skew)));
        }
    }
    all
}

/// What lies where it must not.
fn misplaced(name: &str, view: &MapView, drawing: &Drawing) -> Vec<String> {
    let mut wrong = Vec::new();
    let view = &*fold(view, &Phrases::new(view.lang));
    let picture = Rect { x0: 0.0, y0: 0.0, x1: drawing.width, y1: drawing.height };
    for (at, text) in drawing.texts.iter().enumerate() {
        if !text.rect.within(&picture) {
            wrong.push(format!("{name}: `{}` leaves the picture: {:?}", text.words, text.rect));
        }
        if text.size < 11.5 {
            wrong.push(format!("{name}: `{}` is only {} high", text.words, text.size));
        }
        for other in &drawing.texts[at + 1..] {
            if text.rect.meets(&other.rect) {
                wrong.push(format!("{name}: `{}` {:?} lies on `{}` {:?}", text.words, text.rect, other.words, other.rect));
            }
        }
        for (bubble, point) in drawing.bubbles.iter().zip(&view.points) {
            let across = text.rect.x0 > bubble.x - bubble.radius && text.rect.x1 < bubble.x + bubble.radius;
            let own = across && text.words == point.count;
            if text.rect.meets_disc(bubble.x, bubble.y, bubble.radius) && !own {
                wrong.push(format!("{name}: `{}` lies on the bubble of {}", text.words, point.label));
            }
        }
    }
    for (at, a) in drawing.bubbles.iter().enumerate() {
        for (other, b) in drawing.bubbles.iter().enumerate().skip(at + 1) {
            if libm::hypot(a.x - b.x, a.y - b.y) < a.radius + b.radius {
                wrong.push(format!("{name}: bubbles of {} and {} meet", view.points[at].label, view.points[other].label));
            }
        }
    }
    wrong
}

#[test]
fn nothing_lies_on_anything_else() {
    let wrong: Vec<String> = all().iter().flat_map(|(name, view)| misplaced(name, view, &lay_out(view))).collect();
    assert!(wrong.is_empty(), "{} places:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}

#[test]
fn many_journeys_of_all_sizes_hold_too() {
    let wrong: Vec<String> = (0..60_u64)
        .flat_map(|seed| {
            let view = generated::view(3 + (seed as usize * 7) % 78, 100 + seed, (seed % 10) as f64 / 10.0);
            misplaced(&format!("seed {seed}"), &view, &lay_out(&view))
        })
        .collect();
    assert!(wrong.is_empty(), "{} places:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}

#[test]
fn the_same_view_gives_the_same_bytes() {
    for view in [views::sponsored(), views::retailer(), generated::view(60, 5, 0.7)] {
        assert_eq!(draw(&view), draw(&view.clone()));
    }
}

#[test]
fn every_touchpoint_is_told_whole() {
    for (name, view) in all() {
        let drawing = lay_out(&view);
        for point in &view.points {
            let title = super::canvas::escape(&point.title);
            // Alone, or among others that are drawn together.
            let told = [("<title>", "</title>"), ("<title>", " ; "), (" ; ", " ; "), (" ; ", "</title>")];
            let told = told.map(|(before, after)| format!("{before}{title}{after}"));
            assert!(told.iter().any(|t| drawing.svg.contains(t)), "{name}: {}", point.label);
        }
        for text in drawing.texts.iter().filter(|text| text.words.ends_with('…')) {
            let begins: String = text.words.trim_end_matches('…').to_owned();
            let words = super::canvas::escape(&text.words);
            assert!(drawing.svg.contains(&format!("</title>{words}</text>")), "{name}: `{begins}` is cut without its whole");
        }
    }
}

/// Elements open and close in order, attributes are quoted, and nothing but markup begins with `<`.
fn is_well_formed(svg: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = svg;
    while let Some(at) = rest.find('<') {
        let Some(end) = rest[at..].find('>') else { return false };
        let tag = &rest[at + 1..at + end];
        rest = &rest[at + end + 1..];
        if !tag.matches('"').count().is_multiple_of(2) {
            return false;
        }
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return false;
            }
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap_or_default());
        }
    }
    open.is_empty()
}

#[test]
fn pictures_are_well_formed_and_without_bad_numbers() {
    for (name, view) in all() {
        let svg = draw(&view);
        assert!(is_well_formed(&svg), "{name}");
        assert!(!svg.contains("NaN") && !svg.contains("inf "), "{name}");
        assert!(svg.contains("prefers-color-scheme:dark") && svg.contains("@media print") && svg.contains("role=\"group\""));
        assert!(!svg.contains("http") || svg.matches("http").count() == 1, "{name}: nothing but the name space");
    }
}

#[test]
fn names_that_would_break_markup_stay_text() {
    let mut view = views::sponsored();
    view.title = "</title><script>alert(1)</script> & \"\u{0}\u{1b}[31m".into();
    for point in &mut view.points {
        point.label = "<g onload='x'>\u{8}&amp;".into();
        point.title = "\"><script>".into();
    }
    view.stages[0].does = vec!["<b>".into()];
    view.lanes[0].label = "a\u{b}<i>".into();
    let svg = draw(&view);
    assert!(is_well_formed(&svg));
    assert!(!svg.contains("<script") && !svg.contains("<g on") && !svg.contains("<b>") && !svg.contains("<i>"));
    assert!(!svg.chars().any(|c| c.is_control() && c != '\n'));
}

#[test]
fn strange_journeys_are_drawn_too() {
    // Nothing at all; nobody comes; a name without spaces; one lane; everything returns.
    let nothing = MapView::default();
    let mut nobody = generated::view(14, 9, 0.5);
    for point in &mut nobody.points {
        (point.customers, point.failing) = (0.0, 0.0);
    }
    for flow in &mut nobody.flows {
        flow.passages = 0.0;
    }
    let mut long = generated::view(20, 9, 0.5);
    for point in &mut long.points {
        point.label = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".into();
        point.lane = 0;
    }
    long.title = "x".repeat(400);
    long.stages[0].label = "y".repeat(200);
    long.lanes[0].label = "z".repeat(90);
    long.headlines[0].label = "w".repeat(90);
    let mut returning = generated::view(30, 9, 0.5);
    for from in 8..30 {
        let flow = FlowView { from: Some(from), to: from - 8, passages: 40.0, count: "40".into(), ..FlowView::default() };
        returning.flows.push(flow);
    }
    for (name, view) in [("nothing", nothing), ("nobody", nobody), ("long", long), ("returning", returning)] {
        let drawing = lay_out(&view);
        assert!(is_well_formed(&drawing.svg), "{name}");
        let wrong = misplaced(name, &view, &drawing);
        assert!(wrong.is_empty(), "{}", wrong[..wrong.len().min(20)].join("\n"));
    }
}

#[test]
fn the_sponsored_post_is_drawn_as_the_rules_say() {
    let view = views::sponsored();
    let drawing = lay_out(&view);
    let radius = |at: usize| drawing.bubbles[at].radius;
    // 1000 customers: 46; 90: 46 × √0.09. Under the magnifier (× 60), 3 customers: 46 × √0.18.
    assert!((radius(0) - 46.0).abs() < 1e-9 && (radius(1) - 13.8).abs() < 1e-9);
    assert!((radius(2) - 46.0 * libm::sqrt(0.18)).abs() < 1e-9);
    assert!(drawing.texts.iter().any(|text| text.words == "loupe ×\u{a0}60"));
    // The two baskets stand above each other, the order right of them, the parcel below in its own lane.
    let b = &drawing.bubbles;
    assert!(b[3].x == b[4].x && b[3].y < b[4].y && b[5].x > b[3].x && b[6].y > b[5].y && b[6].x > b[5].x);
}

#[test]
#[ignore = "writes pictures to look at into the folder named by JALON_MAPS"]
fn write_pictures() {
    let folder = std::path::PathBuf::from(std::env::var("JALON_MAPS").unwrap_or_else(|_| "target/maps".into()));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, view) in all() {
        std::fs::write(folder.join(format!("{name}.svg")), draw(&view)).unwrap();
    }
}

#[test]
fn scripts_find_everything_by_its_name() {
    let mut view = views::retailer();
    for (at, stage) in view.stages.iter_mut().enumerate() {
        stage.name = format!("s{at}");
    }
    for (at, lane) in view.lanes.iter_mut().enumerate() {
        lane.name = format!("c{at}");
    }
    let svg = draw(&view);
    for point in &view.points {
        let hook = format!("<g data-point=\"{}\"><title>", point.name);
        assert_eq!(svg.matches(&hook).count(), 1, "{hook}");
        assert!(point.failing <= 0.0 || svg.contains(&format!("data-drop=\"{}\"", point.name)));
        let felt = point.felt.iter().flatten().count();
        assert!(felt == 0 || svg.contains("data-felt=\""));
    }
    for flow in &view.flows {
        let [from, to] = [flow.from.unwrap(), flow.to].map(|at| &view.points[at].name);
        let drawn = svg.matches(&format!("data-from=\"{from}\" data-to=\"{to}\"")).count();
        assert!(drawn <= 1, "{from} {to}");
    }
    assert!((0..6).all(|s| svg.contains(&format!("data-stage=\"s{s}\""))));
    assert!((0..7).all(|c| svg.contains(&format!("data-lane=\"c{c}\""))));
    // What users wrote stays text in attributes, too.
    view.points[0].name = "\"><script>".into();
    assert!(is_well_formed(&draw(&view)) && !draw(&view).contains("<script"));
}
