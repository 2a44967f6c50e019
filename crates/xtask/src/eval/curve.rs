//! Draws the shares of pages that are found as a title is typed.

use std::fmt::Write as _;

/// How many letters the picture goes to: few titles are longer.
pub const LETTERS: usize = 40;

const WIDTH: usize = 760;
/// A panel, with its title above and its letters below.
const PANEL: usize = 270;
/// The field of a panel.
const LEFT: usize = 60;
const TOP: usize = 50;
const FIELD: [usize; 2] = [560, 180];

/// The green and the grey of the other pictures, both readable on white as on black.
const FIRST: &str = "#2f7d5b";
const AMONG: &str = "#8a93a0";

/// The curves of one set, a share for each number of letters.
pub struct Panel<'p> {
    pub title: &'p str,
    pub first: &'p [f64],
    pub among: &'p [f64],
}

/// The panels below each other, as SVG.
pub fn draw(panels: &[Panel<'_>]) -> String {
    let height = PANEL * panels.len();
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
         height=\"{height}\" font-family=\"system-ui, sans-serif\" font-size=\"12\" role=\"img\">\n\
         <title>Share of pages found, by the number of letters of their titles that were typed</title>\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>\n"
    );
    for (at, panel) in panels.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write_panel(&mut svg, panel, at * PANEL + TOP);
    }
    svg.push_str("</svg>\n");
    svg
}

fn write_panel(svg: &mut String, panel: &Panel<'_>, top: usize) -> std::fmt::Result {
    let [width, height] = FIELD;
    let ink = "fill=\"#1b1f24\"";
    let title = panel.title.replace('&', "&amp;").replace('<', "&lt;");
    let above = top - 22;
    writeln!(svg, "<text x=\"10\" y=\"{above}\" {ink} font-size=\"16\" font-weight=\"bold\">{title}</text>")?;
    for quarter in 0..=4 {
        let (y, percent) = (top + height - height * quarter / 4, 25 * quarter);
        let right = LEFT + width;
        writeln!(svg, "<path d=\"M{LEFT} {y}H{right}\" stroke=\"#d5d9de\"/>")?;
        let (x, base) = (LEFT - 8, y + 4);
        writeln!(svg, "<text x=\"{x}\" y=\"{base}\" {ink} text-anchor=\"end\">{percent} %</text>")?;
    }
    let base = top + height + 18;
    for letters in (0..=LETTERS).step_by(5).map(|letters| letters.max(1)) {
        let x = across(letters);
        writeln!(svg, "<text x=\"{x:.1}\" y=\"{base}\" {ink} text-anchor=\"middle\">{letters}</text>")?;
    }
    let right = LEFT + width + 8;
    writeln!(svg, "<text x=\"{}\" y=\"{base}\" {ink}>letters typed</text>", right + 8)?;
    for (shares, colour, label) in [(panel.among, AMONG, "among ten"), (panel.first, FIRST, "first")] {
        let down = |share: f64| (height as f64).mul_add(1.0 - share, top as f64);
        let points: Vec<String> = shares
            .iter()
            .enumerate()
            .map(|(at, &share)| format!("{:.1},{:.1}", across(at + 1), down(share)))
            .collect();
        let points = points.join("L");
        writeln!(svg, "<path d=\"M{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\"/>")?;
        // The curves often end together, so their names stand apart: one above the last point, one below.
        let last = shares.last().copied().unwrap_or_default();
        let beside = down(last) + if label == "first" { 16.0 } else { 0.0 };
        writeln!(
            svg,
            "<text x=\"{right}\" y=\"{beside:.1}\" fill=\"{colour}\" font-weight=\"bold\">{label}, {:.0} %</text>",
            last * 100.0
        )?;
    }
    Ok(())
}

/// Where a number of letters stands.
fn across(letters: usize) -> f64 {
    LEFT as f64 + FIELD[0] as f64 * (letters - 1) as f64 / (LETTERS - 1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_found_stands_higher() {
        let svg = draw(&[Panel { title: "a<b", first: &[0.0, 0.5], among: &[0.5, 1.0] }]);
        assert!(svg.contains("a&lt;b"));
        assert!(svg.contains("d=\"M60.0,230.0L74.4,140.0\""), "{svg}");
        assert!(svg.contains("d=\"M60.0,140.0L74.4,50.0\""), "{svg}");
    }
}
