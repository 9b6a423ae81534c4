"""The world map, drawn at build time as SVG from Natural Earth's land.

No tiles, no script, no third party.
"""
