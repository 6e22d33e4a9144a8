//! How it feels, under the columns of the map.
//!
//! Comes in: the curves of the view. Goes out: panels under each other, whose columns are those of the map. Up to two personas share
//! a panel, all customers as a thin line behind them; three to five have a small panel each, all on one scale, under that of all
//! customers. A scenario is the second curve of one person's panel or of all customers'. What must hold: a curve meets its points and
//! never overshoots them; words never lie on each other.

mod gutter;
mod talk;

use super::boxes::{Rect, Taken};
use super::canvas::{Canvas, Layer, Text, attributes, num, sides};
use super::curve::{self, Ends};
use super::grid::Grid;
use super::ranks::Columns;
use super::sheet::{LANES, SMALLEST, Sheet};
use super::style::Ink;
use super::text::Face;
use super::view::{MapView, Whose};
use super::words::Phrases;
use talk::{Talk, mark};

const AXIS: Face = Face::plain(SMALLEST);
/// Between panels.
const BETWEEN: f64 = 8.0;

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

/// How a curve is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// Solid, with discs.
    First,
    /// Dashed, with lozenges.
    Second,
    /// Thin, without marks.
    Behind,
}

impl Look {
    fn ink(self) -> Ink {
        match self {
            Self::First => Ink::Curve1,
            Self::Second => Ink::Curve2,
            Self::Behind => Ink::Third,
        }
    }

    fn line(self) -> (f64, &'static str) {
        match self {
            Self::First => (2.6, ""),
            Self::Second => (2.6, " stroke-dasharray=\"7 3\""),
            Self::Behind => (1.3, " stroke-dasharray=\"1.5 3\""),
        }
    }
}

/// A panel: the curves that it shows, front to back.
struct Panel {
    curves: Vec<(usize, Look)>,
    small: bool,
}

/// Which curves stand together.
fn panels(view: &MapView) -> Vec<Panel> {
    let of = |whose: Whose| (0..view.curves.len()).filter(move |&c| view.curves[c].whose == whose);
    let everybody = of(Whose::Everybody).next();
    let scenario = of(Whose::Scenario).next().map(|c| (c, Look::Second));
    let personas: Vec<usize> = of(Whose::Persona).collect();
    let panel = |curves: Vec<(usize, Look)>, small| Panel { curves, small };
    let behind = everybody.map(|c| (c, Look::Behind));
    match personas.as_slice() {
        [] => vec![panel(everybody.map(|c| (c, Look::First)).into_iter().chain(scenario).collect(), false)],
        [one] => vec![panel([(*one, Look::First)].into_iter().chain(scenario).collect(), false)],
        [one, two] => {
            let first = panel([(*one, Look::First), (*two, Look::Second)].into_iter().chain(behind).collect(), false);
            let changed = everybody.zip(scenario).map(|(all, scenario)| panel(vec![(all, Look::First), scenario], true));
            std::iter::once(first).chain(changed).collect()
        }
        several => {
            let first = everybody.map(|c| (c, Look::First)).into_iter().chain(scenario).collect();
            let each = several.iter().map(|&c| panel([(c, Look::First)].into_iter().chain(behind).collect(), true));
            std::iter::once(panel(first, false)).chain(each).collect()
        }
    }
}

/// Draws the panels from `y` on; gives where they end (`y` where nobody feels anything).
pub(super) fn draw(
    canvas: &mut Canvas,
    view: &MapView,
    columns: &Columns,
    grid: &Grid,
    sheet: &Sheet,
    words: &Phrases,
    y: f64,
) -> f64 {
    let spots: Vec<Vec<Spot>> = (0..view.curves.len()).map(|curve| self::spots(view, columns, grid, curve)).collect();
    let felt = |panel: &Panel| panel.curves.iter().any(|(c, look)| *look != Look::Behind && !spots[*c].is_empty());
    let panels: Vec<Panel> = panels(view).into_iter().filter(felt).collect();
    let mut stage = Stage { canvas, view, grid, sheet, words, spots: &spots };
    let small = stage.range(panels.iter().filter(|p| p.small), 0.8);
    let mut y = y;
    for (at, panel) in panels.iter().enumerate() {
        let range = if panel.small { small } else { stage.range(std::iter::once(panel), 1.8) };
        y = stage.panel(panel, range, y, at == 0) + BETWEEN;
    }
    if panels.is_empty() { y } else { y + 8.0 }
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

/// What panels are drawn on.
struct Stage<'a> {
    canvas: &'a mut Canvas,
    view: &'a MapView,
    grid: &'a Grid,
    sheet: &'a Sheet,
    words: &'a Phrases,
    spots: &'a [Vec<Spot>],
}

impl Stage<'_> {
    /// From the lowest to the highest feeling of some panels, with room for the words above and below.
    fn range<'p>(&self, panels: impl Iterator<Item = &'p Panel>, room: f64) -> (f64, f64) {
        let mut most = 0;
        let (mut low, mut high) = (0.0_f64, 0.0_f64);
        for panel in panels {
            most = most.max(panel.curves.iter().filter(|(_, look)| *look != Look::Behind).count());
            for spot in panel.curves.iter().flat_map(|(c, _)| &self.spots[*c]) {
                (low, high) = (low.min(spot.value), high.max(spot.value));
            }
        }
        // Two lines of words where there are two curves.
        let room = if most > 1 { room + 0.5 } else { room };
        (low - room, high + room)
    }

    fn panel(&mut self, panel: &Panel, (low, high): (f64, f64), y: f64, first: bool) -> f64 {
        let names = gutter::height(self.view, &panel.curves, first);
        let least = match (panel.small, self.sheet.small) {
            (true, _) => 8.5,
            (false, true) => 14.0,
            (false, false) if self.view.points.len() > 40 => 12.0,
            (false, false) => 16.0,
        };
        let unit = (names / (high - low)).clamp(least, 26.0);
        let area = Rect { x0: LANES - 6.0, y0: y, x1: self.grid.right + 4.0, y1: y + (high - low) * unit };
        let zero = y + high * unit;
        let height = |value: f64| zero - value * unit;
        self.ground(&area, zero, &height, (low, high));
        gutter::draw(self.canvas, self.view, &panel.curves, self.words, first, y);
        let mut taken = Taken::default();
        // Those in front are drawn last.
        for &(curve, look) in panel.curves.iter().rev() {
            self.curve(curve, look, &height, &mut taken);
        }
        let mut x = area.x0;
        while x < area.x1 {
            taken.soften(x, zero, 0.0);
            x += 12.0;
        }
        let told: Vec<(usize, &[Spot], Ink)> = panel
            .curves
            .iter()
            .filter(|(_, look)| *look != Look::Behind)
            .map(|&(c, look)| (c, self.spots[c].as_slice(), look.ink()))
            .collect();
        let mut talk =
            Talk { canvas: &mut *self.canvas, view: self.view, words: self.words, taken, panel: area, height: &height };
        match told.as_slice() {
            [(curve, spots, _)] if self.sheet.small => talk.every(*curve, spots),
            _ => talk.extremes(&told),
        }
        area.y1.max(y + names)
    }

    fn ground(&mut self, area: &Rect, zero: f64, height: &dyn Fn(f64) -> f64, (low, high): (f64, f64)) {
        self.canvas.rect(Layer::Ground, &Rect { y1: zero, ..*area }, 0.0, Ink::Above);
        self.canvas.rect(Layer::Ground, &Rect { y0: zero, ..*area }, 0.0, Ink::Below);
        let close = height(0.0) - height(2.0) < 24.0;
        for step in [-4.0, -2.0, 0.0, 2.0, 4.0] {
            if step < low || step > high {
                continue;
            }
            let y = height(step);
            let (ink, width) = if step == 0.0 { (Ink::Third, 1.0) } else { (Ink::Rule, 0.7) };
            self.canvas.line(Layer::Ground, (area.x0, y), (area.x1, y), ink, width);
            let inside = y - 11.0 > area.y0 - BETWEEN && y + 7.0 < area.y1 + BETWEEN;
            if inside && !(close && libm::fabs(step) == 2.0) {
                let words = self.words.feeling(step);
                self.canvas.text(Layer::Words, area.x0 - 7.0, y + 4.0, &Text::new(&words, AXIS, Ink::Third).end());
            }
        }
        for &(from, _) in self.grid.stages.iter().skip(1) {
            self.canvas.line(Layer::Ground, (from, area.y0), (from, area.y1), Ink::Ground, 2.0);
        }
    }

    /// Draws a curve, and marks the ground under it.
    fn curve(&mut self, curve: usize, look: Look, height: &dyn Fn(f64) -> f64, taken: &mut Taken) {
        let spots = &self.spots[curve];
        let line: Vec<(f64, f64)> = spots.iter().map(|s| (s.x, height(s.value))).collect();
        let cubics = curve::through(&line, Ends::Free);
        let view = &self.view.curves[curve];
        let whose = if view.name.is_empty() { "all" } else { &view.name };
        let (width, dashes) = look.line();
        let more = format!("{dashes}{}", attributes(&[("curve", whose)]));
        self.canvas.path(Layer::Bands, &curve::path(&cubics), (look.ink(), width), &more);
        if look == Look::Behind {
            mark(taken, &cubics, &[]);
            return;
        }
        mark(taken, &cubics, &line);
        for (&(x, y), spot) in line.iter().zip(spots) {
            let title = format!("{} · {} : {}", self.view.points[spot.point].label, view.label, self.words.feeling(spot.value));
            self.canvas.open(Layer::Drops, &[("felt", &spot.names), ("curve", whose)], &title);
            dot(self.canvas, Layer::Drops, look, x, y);
            self.canvas.close(Layer::Drops);
        }
    }
}

/// A disc for the first curve, a lozenge for the second.
fn dot(canvas: &mut Canvas, layer: Layer, look: Look, x: f64, y: f64) {
    let ink = look.ink();
    match look {
        Look::First => canvas.edged(layer, x, y, 3.8, ink, (Ink::Ground, 1.2)),
        Look::Second => {
            let turn = format!("transform=\"rotate(45 {} {})\"", num(x), num(y));
            let look = format!("class=\"{} {}\" stroke-width=\"1.2\" {turn}", ink.fill(), Ink::Ground.stroke());
            canvas.shape(layer, "rect", &sides(&Rect::around(x, y, 3.4)), &look);
        }
        Look::Behind => {}
    }
}
