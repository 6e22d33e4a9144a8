//! What must hold of every map, on maps made by hand and on generated ones.

mod retailer;
mod views;

use super::{Drawing, MapView, Rect, lay_out};

fn all() -> Vec<(String, MapView)> {
    let mut all = vec![("small".to_owned(), views::sponsored()), ("large".to_owned(), views::retailer())];
    for points in [1, 2, 6, 9, 12, 13, 25, 40, 60, 80] {
        for (seed, skew) in [(1, 0.4), (2, 0.8), (3, 1.0)] {
            all.push((format!("{points}-{seed}"), views::generated(points, seed, skew)));
        }
    }
    all
}

fn check(name: &str, view: &MapView, drawing: &Drawing) -> Vec<String> {
    let mut wrong = Vec::new();
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
            let inside =
                text.rect.x0 > bubble.x - bubble.radius && text.rect.x1 < bubble.x + bubble.radius && text.words == point.count;
            if text.rect.meets_disc(bubble.x, bubble.y, bubble.radius) && !inside {
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
    let wrong: Vec<String> = all().iter().flat_map(|(name, view)| check(name, view, &lay_out(view))).collect();
    assert!(wrong.is_empty(), "{} places:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}

#[test]
#[ignore = "writes pictures to look at into the folder named by JALON_MAPS"]
fn write_pictures() {
    let folder = std::path::PathBuf::from(std::env::var("JALON_MAPS").unwrap_or_else(|_| "target/maps".into()));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, view) in all() {
        std::fs::write(folder.join(format!("{name}.svg")), lay_out(&view).svg).unwrap();
    }
}
