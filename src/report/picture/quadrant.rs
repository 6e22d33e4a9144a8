//! What each touchpoint brings the brand and the customer: a disc per touchpoint, whose area is who meets it.
//!
//! Across is what customers feel, up is the removal effect on a square-root scale, since a few touchpoints hold most of it.
//! Those without any effect stand in a strip of their own under the scale, side by side, so that none hides another. Names are
//! set where there is room, by rank; where there is none, the number of the rank stands for the name.

use super::super::map::{Anchor, Face};
use super::{Picture, Taken};

/// A touchpoint.
pub(in crate::report) struct Point {
    pub(in crate::report) name: String,
    pub(in crate::report) label: String,
    pub(in crate::report) rank: String,
    /// All that is known of it here.
    pub(in crate::report) title: String,
    /// Which corner it is in, as a class.
    pub(in crate::report) class: &'static str,
    pub(in crate::report) pull: f64,
    pub(in crate::report) felt: f64,
    pub(in crate::report) reach: f64,
}

/// Names of the corners: top left, top right, bottom left, bottom right.
pub(in crate::report) type Corners = [String; 4];

/// What the picture says.
pub(in crate::report) struct Quadrants<'a> {
    pub(in crate::report) points: &'a [Point],
    /// Pull and felt from which brand and customer gain.
    pub(in crate::report) limits: (f64, f64),
    pub(in crate::report) corners: Corners,
    pub(in crate::report) title: &'a str,
    /// Over the scale of pull, under that of felt, at the strip of those without effect.
    pub(in crate::report) across: &'a str,
    pub(in crate::report) up: &'a str,
    pub(in crate::report) none: &'a str,
    /// A pull and a felt in words.
    pub(in crate::report) percent: &'a dyn Fn(f64) -> String,
    pub(in crate::report) mark: &'a dyn Fn(f64) -> String,
}

const WIDTH: f64 = 1100.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 8.0;
const TOP: f64 = 26.0;
/// Of the scale of pull.
const HEIGHT: f64 = 380.0;
/// Under all: numbers and words of the scale of felt.
const FOOT: f64 = 40.0;
/// Of the largest disc.
const RADIUS: f64 = 17.0;
const SMALLEST: f64 = 3.5;
/// Between a disc and its name.
const GAP: f64 = 3.0;
/// Below it, a removal effect is none.
const NONE: f64 = 5e-4;
/// Marks of the scale of pull, where they are not too near to one another.
const MARKS: [f64; 7] = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 1.0];

const NAME: Face = Face::plain(11.5);
const SMALL: Face = Face::plain(11.0);
const CORNER: Face = Face { size: 11.0, bold: true, tracking: 0.6 };

/// A disc in its place.
struct Disc<'a> {
    point: &'a Point,
    x: f64,
    y: f64,
    radius: f64,
}

impl Disc<'_> {
    fn taken(&self) -> Taken {
        Taken(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)
    }
}

/// The picture; `None` where nobody feels anything or nothing is known of removing.
pub(in crate::report) fn quadrant(said: &Quadrants<'_>) -> Option<String> {
    let points: Vec<&Point> = said.points.iter().filter(|p| p.pull.is_finite() && p.felt.is_finite()).collect();
    if points.is_empty() {
        return None;
    }
    let felt = |from: f64, pick: fn(f64, f64) -> f64| points.iter().map(|p| p.felt).fold(from, pick);
    let (low, high) = ((felt(-1.0, f64::min) - 0.4).floor().max(-5.0), (felt(1.0, f64::max) + 0.4).ceil().min(5.0));
    let (low, high) = (low.min(said.limits.1 - 0.5) - 0.25, high.max(said.limits.1 + 0.5) + 0.25);
    let most = points.iter().map(|p| p.pull).fold(said.limits.0 * 2.0, f64::max) * 1.06;
    let widest = points.iter().map(|p| p.reach).fold(0.0, f64::max);
    let x = |felt: f64| LEFT + (felt - low) / (high - low) * (WIDTH - LEFT - RIGHT);
    let base = TOP + HEIGHT;
    let y = |pull: f64| base - libm::sqrt((pull / most).clamp(0.0, 1.0)) * HEIGHT;
    let radius = |reach: f64| if widest > 0.0 { (RADIUS * libm::sqrt(reach / widest)).max(SMALLEST) } else { SMALLEST };

    let mut discs: Vec<Disc<'_>> = points
        .iter()
        .filter(|p| p.pull > NONE)
        .map(|p| {
            let r = radius(p.reach);
            Disc { point: p, x: x(p.felt).clamp(LEFT + r, WIDTH - RIGHT - r), y: y(p.pull).clamp(TOP + r, base - r), radius: r }
        })
        .collect();
    let strip = strip(&points, &x, &radius, base + 22.0);
    let bottom = strip.iter().map(|d| d.y + d.radius + 6.0).fold(base, f64::max);
    discs.extend(strip);
    discs.sort_by(|a, b| b.radius.total_cmp(&a.radius));

    let plot = Taken(LEFT, TOP, WIDTH - RIGHT, bottom);
    let mut picture = Picture::new("qd", (WIDTH, bottom + FOOT), said.title);
    let (cut, edge) = (x(said.limits.1), y(said.limits.0));
    for (class, area) in [
        ("intrusive", Taken(LEFT, TOP, cut, edge)),
        ("winwin", Taken(cut, TOP, WIDTH - RIGHT, edge)),
        ("dead", Taken(LEFT, edge, cut, bottom)),
        ("gift", Taken(cut, edge, WIDTH - RIGHT, bottom)),
    ] {
        picture.rect(class, area);
    }
    let mut taken = corners(&mut picture, said, (cut, edge), bottom);
    scales(&mut picture, said, (&x, low, high), (&y, most), bottom);
    if bottom > base {
        picture.line("ax", (LEFT, base), (WIDTH - RIGHT, base));
        let at = (LEFT + 6.0, base + 13.0);
        picture.text("tk", at, Anchor::Start, said.none);
        taken.push(Taken::text(said.none, SMALL, at, Anchor::Start));
    }
    for disc in &discs {
        picture.disc(disc.point.class, (disc.x, disc.y), disc.radius, &disc.point.title, Some(&disc.point.name));
    }
    let lines = [
        Taken(LEFT, edge - 1.0, WIDTH - RIGHT, edge + 1.0),
        Taken(LEFT, base - 1.0, WIDTH - RIGHT, base + 1.0),
        Taken(cut - 1.0, TOP, cut + 1.0, bottom),
    ];
    names(&mut picture, &discs, taken, &lines, plot);
    Some(picture.done())
}

/// Those without an effect, side by side: each in the first row where it meets no other.
fn strip<'a>(points: &[&'a Point], x: &dyn Fn(f64) -> f64, radius: &dyn Fn(f64) -> f64, top: f64) -> Vec<Disc<'a>> {
    let mut none: Vec<&&Point> = points.iter().filter(|p| p.pull <= NONE).collect();
    none.sort_by(|a, b| a.felt.total_cmp(&b.felt));
    let mut placed: Vec<Disc<'a>> = Vec::new();
    for point in none {
        let r = radius(point.reach).min(9.0);
        let at = x(point.felt).clamp(LEFT + r, WIDTH - RIGHT - r);
        let mut row = 0.0;
        loop {
            let disc = Disc { point, x: at, y: top + 9.0 + 21.0 * row, radius: r };
            if placed.iter().all(|other| !wider(disc.taken()).meets(other.taken())) {
                placed.push(disc);
                break;
            }
            row += 1.0;
        }
    }
    placed
}

/// With room for a number beside it.
fn wider(Taken(left, top, right, bottom): Taken) -> Taken {
    Taken(left - 17.0, top, right + 17.0, bottom)
}

/// The names of the corners, and the room that they take.
fn corners(picture: &mut Picture, said: &Quadrants<'_>, (cut, edge): (f64, f64), bottom: f64) -> Vec<Taken> {
    let right = WIDTH - RIGHT - 6.0;
    let below = edge + 16.0;
    let places = [
        ((LEFT + 6.0, TOP + 16.0), Anchor::Start, cut - LEFT),
        ((right, TOP + 16.0), Anchor::End, right - cut),
        ((LEFT + 6.0, below), Anchor::Start, cut - LEFT),
        ((right, below), Anchor::End, right - cut),
    ];
    let mut taken = Vec::new();
    for ((at, anchor, room), words) in places.into_iter().zip(&said.corners) {
        if CORNER.width(words) + 8.0 < room && at.1 < bottom {
            picture.text("cn", at, anchor, words);
            taken.push(Taken::text(words, CORNER, at, anchor));
        }
    }
    taken
}

type Scale<'a> = &'a dyn Fn(f64) -> f64;

fn scales(
    picture: &mut Picture,
    said: &Quadrants<'_>,
    (x, low, high): (Scale<'_>, f64, f64),
    (y, most): (Scale<'_>, f64),
    bottom: f64,
) {
    picture.text("tk", (LEFT - 40.0, TOP - 12.0), Anchor::Start, said.up);
    let limit = y(said.limits.0);
    let mut last = y(0.0);
    picture.text("tk", (LEFT - 6.0, last + 4.0), Anchor::End, &(said.percent)(0.0));
    for mark in MARKS.into_iter().filter(|m| *m <= most) {
        let at = y(mark);
        let is_limit = (mark - said.limits.0).abs() < 1e-9;
        // The limit has its own mark below.
        if is_limit || (last - at >= 16.0 && (at - limit).abs() >= 16.0) {
            picture.text("tk", (LEFT - 6.0, at + 4.0), Anchor::End, &(said.percent)(mark));
            last = at;
        }
    }
    picture.line("lm", (LEFT, limit), (WIDTH - RIGHT, limit));
    picture.line("lm", (x(said.limits.1), TOP), (x(said.limits.1), bottom));
    let mut mark = low.ceil();
    while mark <= high {
        picture.text("tk", (x(mark), bottom + 15.0), Anchor::Middle, &(said.mark)(mark));
        mark += 1.0;
    }
    picture.text("tk", (f64::midpoint(LEFT, WIDTH - RIGHT), bottom + 33.0), Anchor::Middle, said.across);
}

/// Names by rank, where they meet nothing, or at worst a line; else the rank alone; else nothing: the lists below the picture have them all.
fn names(picture: &mut Picture, discs: &[Disc<'_>], mut taken: Vec<Taken>, lines: &[Taken], plot: Taken) {
    let mut order: Vec<&Disc<'_>> = discs.iter().collect();
    order.sort_by_key(|disc| disc.point.rank.parse::<usize>().unwrap_or(usize::MAX));
    taken.extend(discs.iter().map(Disc::taken));
    for disc in order {
        let (label, rank) = (disc.point.label.as_str(), disc.point.rank.as_str());
        for (words, lines) in [(label, lines), (label, &[]), (rank, &[])] {
            let found = places(disc).into_iter().find_map(|(at, anchor)| {
                let room = Taken::text(words, NAME, at, anchor);
                let free = taken.iter().chain(lines).all(|t| !t.meets(room));
                (room.within(plot) && free).then_some((at, anchor, room))
            });
            if let Some((at, anchor, room)) = found {
                picture.text("nm", at, anchor, words);
                taken.push(room);
                break;
            }
        }
    }
}

/// Where a name may stand: right, left, above, below, then at the corners.
fn places(disc: &Disc<'_>) -> [((f64, f64), Anchor); 8] {
    let (x, y, r) = (disc.x, disc.y, disc.radius + GAP);
    let (up, down, middle) = (y - r - 2.0, y + r + NAME.size * 0.9, y + 4.0);
    let slant = r * 0.75;
    [
        ((x + r, middle), Anchor::Start),
        ((x - r, middle), Anchor::End),
        ((x, up), Anchor::Middle),
        ((x, down), Anchor::Middle),
        ((x + slant, y - slant), Anchor::Start),
        ((x + slant, y + slant + 8.0), Anchor::Start),
        ((x - slant, y - slant), Anchor::End),
        ((x - slant, y + slant + 8.0), Anchor::End),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(rank: usize, pull: f64, felt: f64) -> Point {
        Point {
            name: format!("t{rank}"),
            label: format!("Un point de contact numéro {rank}"),
            rank: rank.to_string(),
            title: String::new(),
            class: "d",
            pull,
            felt,
            reach: 0.1 * rank as f64,
        }
    }

    fn drawn(points: &[Point]) -> Option<String> {
        quadrant(&Quadrants {
            points,
            limits: (0.1, 0.0),
            corners: ["a", "b", "c", "d"].map(str::to_owned),
            title: "t",
            across: "felt",
            up: "pull",
            none: "no effect",
            percent: &|v| format!("{v}"),
            mark: &|v| format!("{v}"),
        })
    }

    /// Every text of the picture as the room that it takes: class, words, x, y, anchor.
    fn rooms(svg: &str) -> Vec<(String, Taken)> {
        let value =
            |tag: &str, name: &str| tag.split(&format!("{name}=\"")).nth(1).and_then(|v| v.split('"').next()).map(str::to_owned);
        svg.split("<text ")
            .skip(1)
            .map(|part| {
                let (tag, rest) = part.split_once('>').unwrap();
                let words = rest.split('<').next().unwrap().to_owned();
                let at = (value(tag, " x").unwrap().parse().unwrap(), value(tag, " y").unwrap().parse().unwrap());
                let anchor = match value(tag, "text-anchor").as_deref() {
                    Some("middle") => Anchor::Middle,
                    Some(_) => Anchor::End,
                    None => Anchor::Start,
                };
                let room = Taken::text(&words, SMALL, at, anchor);
                (words, room)
            })
            .collect()
    }

    #[test]
    fn eighty_points_on_one_spot_overlap_nowhere() {
        for spread in [0.0, 0.01, 0.1] {
            let points: Vec<Point> = (1..81)
                .map(|i| point(i, if i % 2 == 0 { 0.0 } else { 0.2 + spread * i as f64 / 80.0 }, spread * (i % 9) as f64))
                .collect();
            let svg = drawn(&points).unwrap();
            let rooms = rooms(&svg);
            for (at, (words, room)) in rooms.iter().enumerate() {
                for (other, taken) in &rooms[at + 1..] {
                    assert!(!room.meets(*taken), "{words} on {other}");
                }
            }
        }
    }

    #[test]
    fn nobody_who_feels_is_no_picture() {
        assert!(drawn(&[]).is_none());
        assert!(drawn(&[point(1, f64::NAN, 1.0)]).is_none());
    }
}
