"""Weighing policy options: consequence table, acceptability under many weights, tipping points, regret.

The modules are imported one by one: checking a file needs none of what drawing a report needs.
"""
