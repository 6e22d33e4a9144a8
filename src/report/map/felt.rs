//! How it feels, under the columns of the map.

use super::boxes::{Rect, Taken};
use super::canvas::{Canvas, Layer, Text, num, sides};
use super::curve::{self, Cubic, Ends};
use super::grid::Grid;
use super::ranks::Columns;
use super::sheet::{LANES, MARGIN, SMALLEST, Sheet};
use super::style::Ink;
use super::text::{ELLIPSIS, Face};
use super::view::MapView;
use super::words::Phrases;

const LABEL: Face = Face::plain(12.0);
const EXTREME: Face = Face::bold(12.0);
const NAME: Face = Face::bold(12.5);
const AXIS: Face = Face::plain(SMALLEST);
/// The persons named beside the panel have this much room.
const NAMES: f64 = 118.0;
const INKS: [Ink; 2] = [Ink::Curve1, Ink::Curve2];

/// A point of a curve: the column, what is felt there on average, and of which touchpoint words may speak.
#[derive(Clone, Debug)]
struct Spot {
    x: f64,
    value: f64,
    /// The touchpoint of the column whose feeling is the strongest.
    point: usize,
    /// The names of all of them, spaces between.
    names: String,
}

/// Draws the panel from `y` on; gives where it ends (`y` where nobody feels anything).
pub(super) fn draw(
    canvas: &mut Canvas,
    view: &MapView,
    columns: &Columns,
    grid: &Grid,
    sheet: &Sheet,
    words: &Phrases,
    y: f64,
) -> f64 {
    let curves: Vec<Vec<Spot>> = (0..view.curves.len().min(2)).map(|curve| spots(view, columns, grid, curve)).collect();
    let values = || curves.iter().flatten().map(|spot| spot.value);
    if values().next().is_none() {
        return y;
    }
    // Room for the words above the highest and below the lowest point: two lines of them where there are two curves.
    let room = if curves.len() > 1 { 2.3 } else { 1.8 };
    let high = values().fold(0.0, f64::max) + room;
    let low = values().fold(0.0, f64::min) - room;
    let names: f64 = view.curves.iter().take(2).map(|c| name_lines(c).height).sum::<f64>() + 52.0;
    let unit = (names / (high - low)).clamp(if sheet.small { 14.0 } else { 16.0 }, 26.0);
    let panel = Rect { x0: LANES - 6.0, y0: y, x1: grid.right + 4.0, y1: y + (high - low) * unit };
    let zero = y + high * unit;
    let height = |value: f64| zero - value * unit;
    ground(canvas, &panel, zero, &height, (low, high), grid, words);
    legend(canvas, view, &curves, words, y);
    let mut taken = Taken::default();
    let lines: Vec<Vec<(f64, f64)>> = curves.iter().map(|c| c.iter().map(|s| (s.x, height(s.value))).collect()).collect();
    for (line, ink, curve) in lines.iter().zip(INKS).zip(0..).map(|((a, b), c)| (a, b, c)) {
        let cubics = curve::through(line, Ends::Free);
        mark(&mut taken, &cubics, line);
        let dashes = if curve == 0 { "" } else { " stroke-dasharray=\"7 3\"" };
        canvas.path(Layer::Bands, &curve::path(&cubics), (ink, 2.6), dashes);
        for (&(x, y), spot) in line.iter().zip(&curves[curve]) {
            let whose = if view.curves[curve].name.is_empty() { "all" } else { &view.curves[curve].name };
            let title = format!("{} : {}", view.points[spot.point].label, words.feeling(spot.value));
            canvas.open(Layer::Drops, &[("felt", &spot.names), ("curve", whose)], &title);
            dot(canvas, Layer::Drops, curve, x, y);
            canvas.close(Layer::Drops);
        }
    }
    let mut x = panel.x0;
    while x < panel.x1 {
        taken.soften(x, zero, 0.0);
        x += 12.0;
    }
    let mut talk = Talk { canvas, view, words, taken, panel, height: &height };
    if sheet.small && curves.len() == 1 {
        talk.every(&curves[0]);
    } else {
        talk.extremes(&curves);
    }
    panel.y1.max(y + names) + 16.0
}

/// By column where anything is felt: the mean over its touchpoints, weighted by customers.
fn spots(view: &MapView, columns: &Columns, grid: &Grid, curve: usize) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (column, cells) in columns.cells.iter().enumerate() {
        let felt: Vec<(usize, f64, f64)> = cells
            .iter()
            .flatten()
            .filter_map(|&point| {
                let shown = &view.points[point];
                let value = shown.felt.get(curve)?.as_ref()?.value;
                Some((point, value.clamp(-5.0, 5.0), shown.customers.max(1e-9)))
            })
            .collect();
        let weight: f64 = felt.iter().map(|f| f.2).sum();
        let value = felt.iter().map(|f| f.1 * f.2).sum::<f64>() / weight;
        let strongest = felt.iter().max_by(|a, b| (a.1.abs() * a.2).total_cmp(&(b.1.abs() * b.2)));
        if let Some(&(point, ..)) = strongest {
            let names = felt.iter().map(|f| view.points[f.0].name.as_str()).collect::<Vec<_>>().join(" ");
            spots.push(Spot { x: grid.columns[column], value, point, names });
        }
    }
    spots
}

fn ground(
    canvas: &mut Canvas,
    panel: &Rect,
    zero: f64,
    height: &dyn Fn(f64) -> f64,
    (low, high): (f64, f64),
    grid: &Grid,
    words: &Phrases,
) {
    canvas.rect(Layer::Ground, &Rect { y1: zero, ..*panel }, 0.0, Ink::Above);
    canvas.rect(Layer::Ground, &Rect { y0: zero, ..*panel }, 0.0, Ink::Below);
    for step in [-4.0, -2.0, 0.0, 2.0, 4.0] {
        if step < low || step > high {
            continue;
        }
        let y = height(step);
        let (ink, width) = if step == 0.0 { (Ink::Third, 1.0) } else { (Ink::Rule, 0.7) };
        canvas.line(Layer::Ground, (panel.x0, y), (panel.x1, y), ink, width);
        canvas.text(Layer::Words, panel.x0 - 7.0, y + 4.0, &Text::new(&words.feeling(step), AXIS, Ink::Third).end());
    }
    for &(from, _) in grid.stages.iter().skip(1) {
        canvas.line(Layer::Ground, (from, panel.y0), (from, panel.y1), Ink::Ground, 2.0);
    }
}

/// The name of a curve and what is said of it, in lines.
struct Names {
    names: Vec<String>,
    lines: Vec<String>,
    height: f64,
}

fn name_lines(curve: &super::view::CurveView) -> Names {
    let lines = AXIS.wrap(&curve.note, NAMES, 2).0;
    let names = NAME.wrap(&curve.label, NAMES - 29.0, 2).0;
    let height = 7.0 + 15.0 * (names.len() + lines.len()) as f64;
    Names { names, lines, height }
}

fn legend(canvas: &mut Canvas, view: &MapView, curves: &[Vec<Spot>], words: &Phrases, y: f64) {
    canvas.text(Layer::Words, MARGIN, y + 14.0, &Text::new(words.felt(), Face::bold(13.5), Ink::First));
    canvas.text(Layer::Words, MARGIN, y + 31.0, &Text::new(words.felt_scale(), AXIS, Ink::Second));
    let mut y = y + 54.0;
    for (curve, ink) in (0..curves.len()).zip(INKS) {
        let shown = &view.curves[curve];
        let dashes = if curve == 0 { "" } else { " stroke-dasharray=\"7 3\"" };
        canvas.path(Layer::Words, &format!("M{} {}h22", num(MARGIN), num(y - 4.0)), (ink, 2.6), dashes);
        dot(canvas, Layer::Words, curve, MARGIN + 11.0, y - 4.0);
        let Names { names, lines, height } = name_lines(shown);
        for (at, line) in names.iter().enumerate() {
            let title = line.ends_with(ELLIPSIS).then_some(shown.label.as_str());
            let text = Text::new(line, NAME, ink).titled(title);
            canvas.text(Layer::Words, MARGIN + 29.0, y + 15.0 * at as f64, &text);
        }
        for (at, line) in lines.iter().enumerate() {
            let text = Text::new(line, AXIS, Ink::Second);
            canvas.text(Layer::Words, MARGIN, y + 1.0 + 15.0 * (names.len() + at) as f64, &text);
        }
        y += height;
    }
}

/// A disc for the first curve, a lozenge for the second.
fn dot(canvas: &mut Canvas, layer: Layer, curve: usize, x: f64, y: f64) {
    let ink = INKS[curve.min(1)];
    if curve == 0 {
        canvas.edged(layer, x, y, 3.8, ink, (Ink::Ground, 1.2));
    } else {
        let place = sides(&Rect::around(x, y, 3.4));
        let look = format!(
            "class=\"{} {}\" stroke-width=\"1.2\" transform=\"rotate(45 {} {})\"",
            ink.fill(),
            Ink::Ground.stroke(),
            num(x),
            num(y)
        );
        canvas.shape(layer, "rect", &place, &look);
    }
}

fn mark(taken: &mut Taken, cubics: &[Cubic], line: &[(f64, f64)]) {
    for cubic in cubics {
        for step in 0..=24 {
            let (x, y) = curve::at(cubic, f64::from(step) / 24.0);
            taken.soften(x, y, 1.5);
        }
    }
    for &(x, y) in line {
        taken.soften(x, y, 5.0);
    }
}

/// The highest (or, with −1, the lowest) point of a curve, the first of equals.
fn extreme(spots: &[Spot], sign: f64) -> Option<&Spot> {
    spots.iter().max_by(|a, b| (a.value * sign).total_cmp(&(b.value * sign)).then(b.x.total_cmp(&a.x)))
}

/// The words in the panel.
struct Talk<'a> {
    canvas: &'a mut Canvas,
    view: &'a MapView,
    words: &'a Phrases,
    taken: Taken,
    panel: Rect,
    height: &'a dyn Fn(f64) -> f64,
}

impl Talk<'_> {
    /// What is felt at every point.
    fn every(&mut self, spots: &[Spot]) {
        for spot in spots {
            let said = self.view.points[spot.point].felt.first().and_then(|f| f.as_ref()?.words.clone());
            let value = self.words.feeling(spot.value);
            let text = said.map_or_else(|| value.clone(), |said| format!("{value} {said}"));
            if !self.say(spot, &text, LABEL, Ink::First, spot.value >= 0.0) {
                self.say(spot, &value, LABEL, Ink::First, spot.value >= 0.0);
            }
        }
    }

    /// The peak and the trough of each curve: the highest peak nearest to its point, others above it.
    fn extremes(&mut self, curves: &[Vec<Spot>]) {
        for (word, sign) in [(self.words.peak(), 1.0), (self.words.trough(), -1.0)] {
            let mut found: Vec<(&Spot, Ink)> =
                curves.iter().zip(INKS).filter_map(|(spots, ink)| Some((extreme(spots, sign)?, ink))).collect();
            found.sort_by(|a, b| (b.0.value * sign).total_cmp(&(a.0.value * sign)));
            for (spot, ink) in found {
                let text = format!("{word} {} · {}", self.words.feeling(spot.value), self.view.points[spot.point].label);
                self.say(spot, &text, EXTREME, ink, sign > 0.0);
            }
        }
    }

    /// Draws words near a point, above or below it first, within the panel; tells whether there was a place.
    fn say(&mut self, spot: &Spot, text: &str, face: Face, ink: Ink, up: bool) -> bool {
        let y = (self.height)(spot.value);
        let width = face.width(text);
        let mut best: Option<(f64, f64, f64)> = None;
        for (order, (above, slide)) in [
            (true, 0.0),
            (true, 0.3),
            (true, -0.3),
            (false, 0.0),
            (false, 0.3),
            (false, -0.3),
            (true, 0.55),
            (true, -0.55),
            (false, 0.55),
            (false, -0.55),
        ]
        .into_iter()
        .enumerate()
        {
            for lift in [0.0, 6.0, 12.0, 17.0, 24.0] {
                let above = above == up;
                let base = if above { y - 10.0 - lift } else { y + 18.0 + lift };
                let middle = (spot.x + slide * width).clamp(self.panel.x0 + width / 2.0 + 4.0, self.panel.x1 - width / 2.0 - 4.0);
                let rect = Text::new(text, face, ink).middle().rect(middle, base);
                let cost = self.taken.cost(&rect) * 5.0 + order as f64 * 1.5 + lift * 0.4;
                let inside = rect.y0 >= self.panel.y0 && rect.y1 <= self.panel.y1;
                if inside && self.taken.is_free(&rect.grown(2.0)) && best.is_none_or(|(least, ..)| cost < least) {
                    best = Some((cost, middle, base));
                }
            }
        }
        let Some((_, x, base)) = best else { return false };
        let text = Text::new(text, face, ink).middle();
        self.taken.take(text.rect(x, base), None);
        self.canvas.text(Layer::Words, x, base, &text);
        true
    }
}
