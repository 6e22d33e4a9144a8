//! What needs what: an order in which everything comes after what it needs.

use crate::diagnostics::{Code, Diagnostic, Span};
use crate::words;

/// Nodes in an order in which each comes after those it needs, and the circles found on the way. A node of a circle is in
/// both.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Order {
    /// All nodes.
    pub(super) nodes: Vec<usize>,
    /// Each circle once, each node needing the next one and the last the first.
    pub(super) circles: Vec<Vec<usize>>,
}

/// Orders the nodes `0..needs.len()`; `needs[n]` lists what `n` needs. Depth first without recursion, so that a chain may be
/// as long as it likes.
pub(super) fn order(needs: &[Vec<usize>]) -> Order {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Never,
        Open,
        Done,
    }
    let mut seen = vec![Seen::Never; needs.len()];
    let mut found = Order::default();
    for start in 0..needs.len() {
        if seen[start] != Seen::Never {
            continue;
        }
        seen[start] = Seen::Open;
        let mut open = vec![(start, 0)];
        while let Some((node, next)) = open.last_mut() {
            let node = *node;
            let Some(&needed) = needs[node].get(*next) else {
                seen[node] = Seen::Done;
                found.nodes.push(node);
                open.pop();
                continue;
            };
            *next += 1;
            match seen[needed] {
                Seen::Done => {}
                Seen::Never => {
                    seen[needed] = Seen::Open;
                    open.push((needed, 0));
                }
                Seen::Open => {
                    let from = open.iter().position(|(n, _)| *n == needed).unwrap_or(0);
                    found.circles.push(open[from..].iter().map(|(n, _)| *n).collect());
                }
            }
        }
    }
    found
}

/// The finding about things each of which needs the next, and the last the first; long circles are shown in part.
pub(super) fn in_a_circle(circle: &[(&str, Span)]) -> Diagnostic {
    const SHOWN: usize = 6;
    let (first, span) = circle[0];
    let mut steps: Vec<&str> = circle.iter().take(SHOWN).map(|(name, _)| *name).collect();
    if circle.len() > SHOWN {
        steps.push("…");
    }
    steps.push(first);
    let steps = steps.join(" → ");
    let message = words!("`{first}` depends on itself: {steps}", "`{first}` dépend de lui-même : {steps}");
    let mut said = Diagnostic::new(Code::ConstantLoop, span, message);
    for (_, by_way) in &circle[1..circle.len().min(SHOWN)] {
        said = said.label(*by_way, words!("by way of this", "en passant par ici"));
    }
    said.help(words!("let one of them do without the next", "faites en sorte que l'un d'eux se passe du suivant"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_after_what_it_needs() {
        let found = order(&[vec![1, 2], vec![2], vec![]]);
        assert_eq!(found, Order { nodes: vec![2, 1, 0], circles: vec![] });
    }

    #[test]
    fn shows_a_circle_once_and_keeps_going() {
        let found = order(&[vec![1], vec![2], vec![0], vec![3], vec![0]]);
        assert_eq!(found.circles, vec![vec![0, 1, 2], vec![3]]);
        assert_eq!(found.nodes.len(), 5);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let needs: Vec<Vec<usize>> = (0..200_000).map(|n| if n == 0 { vec![] } else { vec![n - 1] }).rev().collect();
        let needs: Vec<Vec<usize>> = needs.into_iter().map(|n| n.into_iter().map(|m| 199_999 - m).collect()).collect();
        assert_eq!(order(&needs).nodes[0], 199_999);
    }
}
