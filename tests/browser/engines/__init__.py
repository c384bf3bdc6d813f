"""The page in the engines of other browsers: Firefox's Gecko, and WebKit, which Safari is made of.

What the page does is tested at length in Chromium; here it is that it works elsewhere too.
"""
