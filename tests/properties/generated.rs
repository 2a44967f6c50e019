//! A generated site of any size, whose words are as common as those of people's texts.

use searchlet_index::{Document, Passage};

/// A site has at most this many different stems.
const STEMS: usize = 6000;

/// One in so many documents is long.
const LONG: usize = 25;

/// Numbers that look random: splitmix64, <https://prng.di.unimi.it/splitmix64.c>.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// The number of a stem: each doubling of the number is as likely, which makes the first ones common.
    fn stem(&mut self) -> usize {
        let top = STEMS.ilog2() as usize;
        let doubling = self.below(top + 1);
        ((1 << doubling) + self.below(1 << doubling)).min(STEMS) - 1
    }
}

/// The stem with this number; commoner ones are shorter.
pub fn stem(number: usize) -> String {
    const ONSETS: [&str; 16] =
        ["b", "br", "c", "d", "f", "g", "gr", "l", "m", "n", "p", "pl", "r", "t", "tr", "v"];
    const ENDS: [&str; 16] = [
        "ab", "ack", "all", "and", "elt", "end", "ern", "ick", "ift", "int", "old", "ond", "ost", "ull",
        "und", "urn",
    ];
    let mut stem = String::new();
    let mut rest = number;
    loop {
        // Neighbours in number begin differently.
        stem.push_str(ONSETS[rest * 7 % 16]);
        stem.push_str(ENDS[(rest / 16 + rest * 3) % 16]);
        rest /= 256;
        if rest == 0 {
            return stem;
        }
        rest -= 1;
    }
}

/// Page number `number` of the site; `edition` says which of its texts.
pub fn page(number: usize, edition: u64) -> Document {
    let mut random = Random((number as u64) << 32 | edition);
    let passages = if number % LONG == LONG - 1 { 40 } else { 2 + random.below(5) };
    let passage = |nth: usize| {
        let heading = if nth == 0 { String::new() } else { text(&mut random, 3) };
        let words = 40 + random.below(60);
        Passage {
            level: if nth == 0 { 0 } else { 2 },
            id: (nth > 0).then(|| format!("part-{nth}")),
            heading,
            text: text(&mut random, words),
            ..Passage::default()
        }
    };
    let passages: Vec<Passage> = (0..passages).map(passage).collect();
    Document {
        url: format!("{}/{}/{number}.html", stem(number % 23), stem(100 + number % 101)),
        title: text(&mut random, 4),
        passages,
        ..Document::default()
    }
}

/// The pages with numbers below `count`.
pub fn pages(count: usize) -> Vec<Document> {
    (0..count).map(|number| page(number, 0)).collect()
}

fn text(random: &mut Random, words: usize) -> String {
    let mut text = String::new();
    for _ in 0..words {
        text.push_str(&stem(random.stem()));
        text.push_str(["", "", "", "s", "ed", "ing"][random.below(6)]);
        // Few words are written together, most apart.
        text.push_str(match random.below(60) {
            0 => "-",
            1 => "",
            2..8 => ". ",
            8..14 => ", ",
            _ => " ",
        });
    }
    text.trim_end_matches([' ', ',', '-']).to_owned()
}
