"""Courses that come from elsewhere, and ours on their way out.

A reader per format turns a package into parcels, plain values that say what a course holds and what of the package could
not be taken over; `bringing` makes the courses agree with them. `exporting` goes the other way, and `folder` reads what it wrote.
"""
