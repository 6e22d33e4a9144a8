//! How long a journey can last at most.

use super::walk::Walk;

/// The largest possible time from arrival to an end, in seconds; `None` if there is none: a law without a bound, or a loop that
/// takes time.
pub(super) fn longest(walk: &Walk<'_, f64>) -> Option<f64> {
    let chain = walk.chain;
    let stay: Vec<f64> = chain.visits.iter().map(|v| v.takes.high()).collect();
    let way: Vec<f64> = chain.leaves.iter().map(|l| l.after.high()).collect();
    let whole = walk.whole();
    let mut class_of = vec![usize::MAX; chain.states.len()];
    let mut left = vec![0.0_f64; chain.states.len()];
    for (at, class) in whole.system.classes().enumerate() {
        for &s in class {
            class_of[s as usize] = at;
        }
        let mut most = 0.0_f64;
        for &s in class {
            for step in walk.steps(s) {
                let time = stay[chain.states[s as usize].visit as usize] + way[step.leave as usize];
                match left.get(step.to as usize) {
                    Some(_) if class_of[step.to as usize] == at => {
                        if time > 0.0 {
                            return None;
                        }
                    }
                    Some(later) => most = most.max(time + later),
                    None => most = most.max(time),
                }
            }
        }
        for &s in class {
            left[s as usize] = most;
        }
    }
    let from = |to: u32| left.get(to as usize).copied().unwrap_or(0.0);
    let most = walk.entries().map(|(_, step)| way[step.leave as usize] + from(step.to)).fold(0.0, f64::max);
    most.is_finite().then_some(most)
}
