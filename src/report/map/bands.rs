//! The bands of customers who go on: where they leave and meet bubbles, how they run, how the magnifier opens them.

use super::boxes::Taken;
use super::bubbles::Bubble;
use super::canvas::{Canvas, Layer, attributes, point};
use super::curve::{self, Cubic, Ends};
use super::flows::Kinds;
use super::grid::Grid;
use super::marks;
use super::route::{End, Terrain};
use super::scale::Scale;
use super::style::Ink;
use super::view::{FlowView, MapView};
use crate::model::Known;

/// From the beginning of the magnifier until bands have their enlarged width.
const OPENING: f64 = 44.0;

/// One band.
#[derive(Clone, Debug)]
pub(super) struct Band {
    pub(super) cubics: Vec<Cubic>,
    pub(super) width: f64,
    pub(super) strong: bool,
    /// What the pointer is told.
    pub(super) title: String,
    /// The names of the touchpoints that it leaves and meets; several where one band leads to a magnifier.
    names: (String, String),
    /// What share of those before it takes it, where one passage alone is drawn.
    pub(super) rate: Option<String>,
    /// How well that share is known.
    pub(super) known: Option<Known>,
    /// Whether its direction must be shown.
    arrow: bool,
}

/// Where the bands of one touchpoint pass under the magnifier.
#[derive(Clone, Debug)]
pub(super) struct Gate {
    x: f64,
    y: f64,
    passages: f64,
    thin: f64,
    thick: f64,
    strong: bool,
    names: (String, String),
}

/// All bands of a map.
#[derive(Clone, Debug, Default)]
pub(super) struct Bands {
    pub(super) bands: Vec<Band>,
    gates: Vec<Gate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Node {
    Bubble(usize),
    Gate(usize),
}

/// A band before it has a way.
#[derive(Clone, Debug)]
struct Leg {
    from: Node,
    to: Node,
    width: f64,
    strong: bool,
    title: String,
    names: (String, String),
    rate: Option<String>,
    known: Option<Known>,
    /// Ports: below the middle of what it leaves, and of what it meets.
    leaves: f64,
    meets: f64,
}

/// Runs all bands onwards.
pub(super) fn run(view: &MapView, kinds: &Kinds, bubbles: &[Bubble], grid: &Grid, scale: &Scale, terrain: &mut Terrain) -> Bands {
    let mut bands = Bands::default();
    let mut legs = legs(view, kinds, bubbles, grid, scale, terrain, &mut bands.gates);
    ports(&mut legs, bubbles, &bands.gates);
    legs.sort_by(|a, b| b.width.total_cmp(&a.width));
    for leg in legs {
        let (a, b) = (place(leg.from, bubbles, &bands.gates), place(leg.to, bubbles, &bands.gates));
        let start = (a.0 + if matches!(leg.from, Node::Gate(_)) { OPENING - 0.5 } else { 0.0 }, a.1 + leg.leaves);
        let end = (b.0, b.1 + leg.meets);
        let way = terrain.route(End { at: start, owner: owner(leg.from) }, End { at: end, owner: owner(leg.to) }, leg.width);
        let cubics = curve::through(&way, Ends::Flat);
        let Leg { width, strong, title, names, rate, known, .. } = leg;
        bands.bands.push(Band { cubics, width, strong, title, names, rate, known, arrow: false });
    }
    bands.bands.extend(kinds.beside.iter().map(|&flow| beside(view, &view.flows[flow], bubbles, scale)));
    bands
}

/// The band of those who go on within a column: out to the right, and back to the next bubble from there.
fn beside(view: &MapView, flow: &FlowView, bubbles: &[Bubble], scale: &Scale) -> Band {
    const ARROW: f64 = 8.0;
    let from = flow.from.unwrap_or(flow.to);
    let (a, b) = (&bubbles[from], &bubbles[flow.to]);
    let width = scale.width(flow.passages, a.factor).min(a.radius).min(b.radius);
    let side = if b.y > a.y { 1.0 } else { -1.0 };
    let (start, end) =
        ((a.x + a.radius * 0.7, a.y + side * a.radius * 0.4), (b.x + b.outer + ARROW, b.y - side * b.radius * 0.3));
    let out = start.0.max(end.0) + 26.0;
    Band {
        cubics: vec![[start, (out, start.1), (out, end.1), end]],
        width,
        strong: flow.typical,
        title: format!("{} → {} : {}", view.points[from].label, view.points[flow.to].label, flow.count),
        names: (view.points[from].name.clone(), view.points[flow.to].name.clone()),
        rate: None,
        known: None,
        arrow: true,
    }
}

fn owner(node: Node) -> Option<usize> {
    match node {
        Node::Bubble(point) => Some(point),
        Node::Gate(_) => None,
    }
}

/// The passages as legs: one, or two with a gate between them where the magnifier begins on the way.
fn legs(
    view: &MapView,
    kinds: &Kinds,
    bubbles: &[Bubble],
    grid: &Grid,
    scale: &Scale,
    terrain: &Terrain,
    gates: &mut Vec<Gate>,
) -> Vec<Leg> {
    let mut legs = Vec::new();
    let mut gate_of: Vec<(usize, usize)> = Vec::new();
    let leg = |from, to, width, strong, title, names| Leg {
        from,
        to,
        width,
        strong,
        title,
        names,
        rate: None,
        known: None,
        leaves: 0.0,
        meets: 0.0,
    };
    let name = |point: usize| view.points[point].name.clone();
    for &index in &kinds.onwards {
        let flow = &view.flows[index];
        let Some(from) = flow.from else { continue };
        let to = flow.to;
        let title = format!("{} → {} : {}", view.points[from].label, view.points[to].label, flow.count);
        let factor = bubbles[to].factor;
        let start = match grid.cut {
            Some(x) if factor > bubbles[from].factor => {
                let known = gate_of.iter().find(|(source, _)| *source == from).map(|found| found.1);
                let gate = known.unwrap_or(gates.len());
                if known.is_none() {
                    let names = (name(from), String::new());
                    gates.push(Gate { x, y: bubbles[from].y, passages: 0.0, thin: 0.0, thick: 0.0, strong: false, names });
                    gate_of.push((from, gate));
                }
                gates[gate].passages += flow.passages;
                gates[gate].thin = scale.width(gates[gate].passages, 1.0);
                gates[gate].thick += scale.width(flow.passages, factor);
                gates[gate].strong |= flow.typical;
                if !gates[gate].names.1.is_empty() {
                    gates[gate].names.1.push(' ');
                }
                gates[gate].names.1.push_str(&name(to));
                Node::Gate(gate)
            }
            _ => Node::Bubble(from),
        };
        let band = leg(start, Node::Bubble(to), scale.width(flow.passages, factor), flow.typical, title, (name(from), name(to)));
        legs.push(Leg { rate: Some(flow.rate.clone()).filter(|r| !r.is_empty()), known: flow.known, ..band });
    }
    spread(gates, terrain);
    for (from, gate) in gate_of {
        let Gate { thin, strong, names, .. } = gates[gate].clone();
        legs.push(leg(Node::Bubble(from), Node::Gate(gate), thin, strong, view.points[from].title.clone(), names));
    }
    legs
}

/// Moves gates apart so that none lies over another.
fn spread(gates: &mut [Gate], terrain: &Terrain) {
    const BETWEEN: f64 = 10.0;
    let mut order: Vec<usize> = (0..gates.len()).collect();
    order.sort_by(|&a, &b| gates[a].y.total_cmp(&gates[b].y));
    let mut edge = terrain.top + BETWEEN;
    for &gate in &order {
        gates[gate].y = gates[gate].y.max(edge + gates[gate].thick / 2.0);
        edge = gates[gate].y + gates[gate].thick / 2.0 + BETWEEN;
    }
    let mut edge = terrain.bottom - BETWEEN;
    for &gate in order.iter().rev() {
        gates[gate].y = gates[gate].y.min(edge - gates[gate].thick / 2.0);
        edge = gates[gate].y - gates[gate].thick / 2.0 - BETWEEN;
    }
}

fn place(node: Node, bubbles: &[Bubble], gates: &[Gate]) -> (f64, f64) {
    match node {
        Node::Bubble(point) => (bubbles[point].x, bubbles[point].y),
        Node::Gate(gate) => (gates[gate].x, gates[gate].y),
    }
}

/// Stacks what leaves and what meets each node about its middle, from the steepest climb to the steepest fall.
fn ports(legs: &mut [Leg], bubbles: &[Bubble], gates: &[Gate]) {
    let slope = |leg: &Leg| {
        let (a, b) = (place(leg.from, bubbles, gates), place(leg.to, bubbles, gates));
        (b.1 - a.1) / (b.0 - a.0).max(1.0)
    };
    let slopes: Vec<f64> = legs.iter().map(slope).collect();
    let nodes = (0..bubbles.len()).map(Node::Bubble).chain((0..gates.len()).map(Node::Gate));
    for node in nodes {
        let room = match node {
            Node::Bubble(point) => 2.0 * bubbles[point].radius,
            Node::Gate(gate) => gates[gate].thick.max(gates[gate].thin),
        };
        for leaving in [true, false] {
            let mut here: Vec<usize> =
                (0..legs.len()).filter(|&l| if leaving { legs[l].from == node } else { legs[l].to == node }).collect();
            here.sort_by(|&a, &b| {
                let order = slopes[a].total_cmp(&slopes[b]);
                if leaving { order } else { order.reverse() }
            });
            let total: f64 = here.iter().map(|&l| legs[l].width).sum();
            // Those who come more than once make more passages than customers: their bands then share the diameter.
            let squeeze = if total > room { room / total } else { 1.0 };
            let mut offset = -total / 2.0;
            for leg in here {
                let port = (offset + legs[leg].width / 2.0) * squeeze;
                offset += legs[leg].width;
                if leaving { legs[leg].leaves = port } else { legs[leg].meets = port }
            }
        }
    }
}

impl Bands {
    /// Tells where bands lie.
    pub(super) fn take(&self, taken: &mut Taken) {
        for band in &self.bands {
            soften(taken, &band.cubics, band.width);
        }
        for gate in &self.gates {
            let end = gate.x + OPENING;
            soften(taken, &[[(gate.x, gate.y), (gate.x + 15.0, gate.y), (end - 15.0, gate.y), (end, gate.y)]], gate.thick);
        }
    }

    /// Draws them, the widest at the back.
    pub(super) fn draw(&self, canvas: &mut Canvas) {
        for band in &self.bands {
            let (layer, ink, opacity) =
                if band.strong { (Layer::Strong, Ink::Strong, ".95") } else { (Layer::Bands, Ink::Band, ".62") };
            let more = format!(" stroke-opacity=\"{opacity}\"");
            let hooks = [("from", band.names.0.as_str()), ("to", band.names.1.as_str())];
            canvas.told(layer, &curve::path(&band.cubics), (ink, band.width), &more, &hooks, &band.title);
            if let (true, Some(last)) = (band.arrow, band.cubics.last()) {
                marks::arrow(canvas, layer, last[3].0 - 7.0, last[3].1, 180.0, Ink::Strong);
            }
        }
        for gate in &self.gates {
            let (layer, ink, opacity) =
                if gate.strong { (Layer::Strong, Ink::Strong, ".95") } else { (Layer::Bands, Ink::Band, ".62") };
            let (x0, x1, middle) = (gate.x, gate.x + OPENING, gate.x + OPENING / 2.0);
            let edge = |sign: f64| (gate.y + sign * gate.thin / 2.0, gate.y + sign * gate.thick / 2.0);
            let ((a0, a1), (b0, b1)) = (edge(-1.0), edge(1.0));
            let d = format!(
                "M{}C{} {} {}L{}C{} {} {}Z",
                point((x0, a0)),
                point((middle, a0)),
                point((middle, a1)),
                point((x1, a1)),
                point((x1, b1)),
                point((middle, b1)),
                point((middle, b0)),
                point((x0, b0))
            );
            let hooks = attributes(&[("from", &gate.names.0), ("to", &gate.names.1)]);
            let look = format!("class=\"{}\" fill-opacity=\"{opacity}\"{hooks}", ink.fill());
            canvas.shape(layer, "path", &format!("d=\"{d}\""), &look);
        }
    }
}

/// Marks the ground under a curve.
pub(super) fn soften(taken: &mut Taken, cubics: &[Cubic], width: f64) {
    for cubic in cubics {
        let length = libm::hypot(cubic[3].0 - cubic[0].0, cubic[3].1 - cubic[0].1);
        let steps = (length / 4.0).clamp(6.0, 200.0) as u32;
        for step in 0..=steps {
            let (x, y) = curve::at(cubic, f64::from(step) / f64::from(steps));
            taken.soften(x, y, width / 2.0);
        }
    }
}
