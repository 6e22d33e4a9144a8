//! Strongly connected classes.

/// Finds classes with R. E. Tarjan's algorithm (*Depth-first search and linear graph algorithms*, SIAM J. Comput. 1, 1972),
/// on a stack of its own: a chain may be deeper than the machine's stack.
pub(crate) struct Search {
    /// Order of discovery, from 1; 0 for nodes not seen.
    index: Vec<u32>,
    /// The earliest node in the same tree that can be reached back.
    low: Vec<u32>,
    /// Whether the node waits for its class.
    waiting: Vec<bool>,
    seen: u32,
}

impl Search {
    /// A search over nodes below `n`; each may be searched once.
    pub(crate) fn new(n: usize) -> Self {
        Self { index: vec![0; n], low: vec![0; n], waiting: vec![false; n], seen: 0 }
    }

    /// The classes of the graph on `nodes` whose edges from `v` are `to[first[v]..first[v + 1]]`, as far as `inside` holds of
    /// their end. A class comes after all those that it leads to.
    pub(crate) fn classes(
        &mut self,
        nodes: &[u32],
        first: &[u32],
        to: &[u32],
        inside: impl Fn(u32) -> bool,
        mut found: impl FnMut(&[u32]),
    ) {
        let mut waiting: Vec<u32> = Vec::new();
        let mut path: Vec<(u32, u32)> = Vec::new();
        let mut class: Vec<u32> = Vec::new();
        for &root in nodes {
            if self.index[root as usize] != 0 {
                continue;
            }
            self.enter(root, first, &mut waiting, &mut path);
            while let Some(&mut (v, ref mut edge)) = path.last_mut() {
                if *edge < first[v as usize + 1] {
                    let w = to[*edge as usize];
                    *edge += 1;
                    if !inside(w) {
                        continue;
                    }
                    if self.index[w as usize] == 0 {
                        self.enter(w, first, &mut waiting, &mut path);
                    } else if self.waiting[w as usize] {
                        self.low[v as usize] = self.low[v as usize].min(self.index[w as usize]);
                    }
                    continue;
                }
                path.pop();
                if let Some(&(parent, _)) = path.last() {
                    self.low[parent as usize] = self.low[parent as usize].min(self.low[v as usize]);
                }
                if self.low[v as usize] == self.index[v as usize] {
                    class.clear();
                    while let Some(w) = waiting.pop() {
                        self.waiting[w as usize] = false;
                        class.push(w);
                        if w == v {
                            break;
                        }
                    }
                    class.sort_unstable();
                    found(&class);
                }
            }
        }
    }

    fn enter(&mut self, v: u32, first: &[u32], waiting: &mut Vec<u32>, path: &mut Vec<(u32, u32)>) {
        self.seen += 1;
        self.index[v as usize] = self.seen;
        self.low[v as usize] = self.seen;
        self.waiting[v as usize] = true;
        waiting.push(v);
        path.push((v, first[v as usize]));
    }
}

#[cfg(test)]
mod tests {
    use super::Search;

    fn classes(edges: &[&[u32]]) -> Vec<Vec<u32>> {
        let mut first = vec![0];
        let mut to = Vec::new();
        for list in edges {
            to.extend_from_slice(list);
            first.push(to.len() as u32);
        }
        let nodes: Vec<u32> = (0..edges.len() as u32).collect();
        let mut all = Vec::new();
        Search::new(edges.len()).classes(&nodes, &first, &to, |_| true, |class| all.push(class.to_vec()));
        all
    }

    #[test]
    fn classes_come_after_those_that_they_lead_to() {
        // 0 → 1 ⇄ 2 → 3, 3 → 3, 4 → 1
        assert_eq!(classes(&[&[1], &[2], &[1, 3], &[3], &[1]]), [vec![3], vec![1, 2], vec![0], vec![4]]);
    }

    #[test]
    fn two_hundred_thousand_states_in_a_ring_need_no_stack() {
        let n = 200_000_u32;
        let first: Vec<u32> = (0..=n).collect();
        let to: Vec<u32> = (1..=n).map(|v| v % n).collect();
        let nodes: Vec<u32> = (0..n).collect();
        let mut sizes = Vec::new();
        Search::new(n as usize).classes(&nodes, &first, &to, |_| true, |class| sizes.push(class.len()));
        assert_eq!(sizes, [n as usize]);
    }
}
