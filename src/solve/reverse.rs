//! Edges looked at backwards.

/// Which of the nodes lead to one of which `good` holds already, along `edges` (from, to) between nodes below `good.len()`.
pub(super) fn leading_to(good: &mut [bool], edges: impl Iterator<Item = (u32, u32)> + Clone) {
    let n = good.len();
    // Those who lead to `v` stand in `from[first[v]..first[v + 1]]`.
    let mut first = vec![0_u32; n + 1];
    for (_, to) in edges.clone() {
        first[to as usize] += 1;
    }
    let mut sum = 0;
    for place in &mut first {
        sum += *place;
        *place = sum;
    }
    let mut from = vec![0_u32; sum as usize];
    for (node, to) in edges {
        let place = &mut first[to as usize];
        *place -= 1;
        from[*place as usize] = node;
    }
    let mut open: Vec<u32> = Vec::with_capacity(n);
    open.extend((0..n as u32).filter(|&node| good[node as usize]));
    while let Some(node) = open.pop() {
        for &before in &from[first[node as usize] as usize..first[node as usize + 1] as usize] {
            if !std::mem::replace(&mut good[before as usize], true) {
                open.push(before);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::leading_to;

    #[test]
    fn what_leads_to_the_good_is_good() {
        // 0 → 1 → 2, 3 → 1, 4 ⇄ 5, and 2 is good.
        let mut good = [false, false, true, false, false, false];
        leading_to(&mut good, [(0, 1), (1, 2), (3, 1), (4, 5), (5, 4), (2, 4)].into_iter());
        assert_eq!(good, [true, true, true, true, false, false]);
    }
}
