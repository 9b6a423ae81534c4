"""The world map, drawn at build time as SVG from Natural Earth's land: no tiles, no script."""
