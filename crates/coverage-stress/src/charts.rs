//! Charts as SVG. Their text takes the colour of the page, see the style in the report.

use crate::Error;
use plotters::{
    coord::{combinators::IntoLogRange, ranged1d::ValueFormatter},
    prelude::*,
    style::text_anchor::{HPos, Pos, VPos},
};

/// Colours that are read on light and on dark: of the first and of the second series.
pub(crate) const COLORS: [RGBColor; 2] = [RGBColor(59, 130, 196), RGBColor(224, 123, 57)];
const GREY: RGBColor = RGBColor(128, 128, 128);
const WIDTH: u32 = 860;
const FONT: &str = "sans-serif";

fn wrong(error: impl std::fmt::Display) -> Error {
    Error::Chart(error.to_string())
}

/// Curves over a percentage: how likely more is lost, from one down to `least`, on a scale of tens.
pub(crate) fn curves(curves: &[Vec<(f64, f64)>], least: f64) -> Result<String, Error> {
    let points = || curves.iter().flatten().map(|(x, _)| *x);
    let low = points().fold(0.0, f64::min);
    let high = points().fold(1.0, f64::max);
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (WIDTH, 360)).into_drawing_area();
        let mut chart = ChartBuilder::on(&area)
            .margin(10)
            .margin_right(24)
            .x_label_area_size(44)
            .y_label_area_size(64)
            .build_cartesian_2d(low * 1.02..high * 1.02, (least..1.0).log_scale())
            .map_err(wrong)?;
        axes(&mut chart, "what LPs lose, % of the capital at the start (below 0 they gain)", &|part| {
            let percent = part * 100.0;
            if percent >= 1.0 { format!("{percent:.0}%") } else { format!("{percent}%") }
        })?;
        for (curve, color) in curves.iter().zip(COLORS) {
            // Down to the axis at the worst of all.
            let drawn = curve.iter().map(|(x, part)| (*x, part.max(least)));
            chart.draw_series(LineSeries::new(drawn, color.stroke_width(2))).map_err(wrong)?;
        }
        area.present().map_err(wrong)?;
    }
    Ok(svg)
}

fn axes<X, Y>(
    chart: &mut ChartContext<'_, SVGBackend<'_>, Cartesian2d<X, Y>>,
    what: &str,
    label: &dyn Fn(&f64) -> String,
) -> Result<(), Error>
where
    X: Ranged<ValueType = f64> + ValueFormatter<f64>,
    Y: Ranged<ValueType = f64> + ValueFormatter<f64>,
{
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(GREY.mix(0.25))
        .axis_style(GREY)
        .x_desc(what)
        .x_label_formatter(&|x| format!("{x:.0}%"))
        .y_label_formatter(label)
        .label_style((FONT, 13))
        .axis_desc_style((FONT, 14))
        .draw()
        .map_err(wrong)
}

/// One line of a bar chart: its name, and for each series the length and what is written beside it.
pub(crate) struct Bars {
    pub(crate) name: String,
    pub(crate) values: Vec<(f64, String)>,
}

/// Lying bars, the lines one under the other.
pub(crate) fn bars(lines: &[Bars]) -> Result<String, Error> {
    let series = lines.first().map_or(1, |line| line.values.len());
    let longest = lines.iter().flat_map(|line| &line.values).map(|(length, _)| *length).fold(0.0, f64::max);
    let longest = if longest > 0.0 { longest } else { 1.0 };
    let height = 16 + (series as u32 * 15 + 12) * lines.len() as u32;
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (WIDTH, height)).into_drawing_area();
        let mut chart = ChartBuilder::on(&area)
            .margin(8)
            .margin_left(250)
            .margin_right(150)
            .build_cartesian_2d(0.0..longest, 0.0..lines.len() as f64)
            .map_err(wrong)?;
        let text = |size, side| (FONT, size).into_text_style(&area).pos(Pos::new(side, VPos::Center));
        let (name_style, value_style) = (text(13, HPos::Right), text(12, HPos::Left));
        for (index, line) in lines.iter().enumerate() {
            let top = (lines.len() - index) as f64;
            let name = Text::new(shortened(&line.name), (-8, 0), name_style.clone());
            chart.draw_series([EmptyElement::at((0.0, top - 0.5)) + name]).map_err(wrong)?;
            let thick = 0.8 / series as f64;
            for (number, ((length, label), color)) in line.values.iter().zip(COLORS).enumerate() {
                let upper = top - 0.1 - thick * number as f64;
                let bar = Rectangle::new([(0.0, upper), (*length, upper - thick * 0.88)], color.filled());
                chart.draw_series([bar]).map_err(wrong)?;
                let value = Text::new(label.clone(), (6, 0), value_style.clone());
                chart.draw_series([EmptyElement::at((*length, upper - thick * 0.44)) + value]).map_err(wrong)?;
            }
        }
        area.present().map_err(wrong)?;
    }
    Ok(svg)
}

/// A name that fits beside the bars.
fn shortened(name: &str) -> String {
    if name.chars().count() <= 36 {
        return name.into();
    }
    name.chars().take(35).chain(['…']).collect()
}
