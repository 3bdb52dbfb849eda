//! Sizes, weights and greys that all figures share, in points.

use super::Colour;
use super::lettering::Face;

pub(super) const TITLE: Face = Face { size: 15.0, bold: true };
pub(super) const SUBTITLE: Face = Face { size: 10.0, bold: false };
pub(super) const SOURCE: Face = Face { size: 7.5, bold: false };
pub(super) const LEGEND: Face = Face { size: 8.5, bold: false };
pub(super) const PANEL_TITLE: Face = Face { size: 9.5, bold: true };
pub(super) const UNIT: Face = Face { size: 8.0, bold: false };
pub(super) const TICK: Face = Face { size: 8.0, bold: false };
pub(super) const ROW: Face = Face { size: 8.5, bold: false };
pub(super) const LABEL: Face = Face { size: 8.5, bold: true };
pub(super) const NOTE: Face = Face { size: 8.0, bold: false };
pub(super) const INTERVAL: Face = Face { size: 6.5, bold: false };
pub(super) const VALUE: Face = Face { size: 7.5, bold: false };

pub(super) const TITLE_INK: Colour = Colour(0x1A, 0x1C, 0x1F);
pub(super) const TEXT_INK: Colour = Colour(0x33, 0x37, 0x3C);
pub(super) const QUIET_INK: Colour = Colour(0x62, 0x67, 0x6D);
pub(super) const GRID_LINE: Colour = Colour(0xE4, 0xE6, 0xE9);
pub(super) const AXIS_LINE: Colour = Colour(0xA9, 0xAE, 0xB4);
pub(super) const ZERO_LINE: Colour = Colour(0x6B, 0x70, 0x76);
pub(super) const RULE_LINE: Colour = Colour(0x4A, 0x4F, 0x57);

pub(super) const MARGIN: f64 = 22.0;
pub(super) const COLUMN_GAP: f64 = 24.0;
pub(super) const WIDE_COLUMN_GAP: f64 = 42.0;
pub(super) const ROW_GAP: f64 = 16.0;

pub(super) const LINE_WIDTH: f64 = 1.8;
pub(super) const FIFTY_OPACITY: f64 = 0.28;
pub(super) const NINETY_OPACITY: f64 = 0.14;
