"""县中帮扶监测: follow the support that universities give to county high schools.

The package is a row of rooms, each knowing only those before it: `model`, `lake`, `intake`,
`query`, `charts`, `access`, `export`, `ui`, and last the ways to start it, `server` and `cli`.
"""
