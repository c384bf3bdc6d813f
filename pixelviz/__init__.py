"""Pixelviz: how a computer sees a digit.

A drawing takes this route, one module a step, each of them pure functions on arrays:

    rgba -> ink -> grid -> vector -> features -> logits, probabilities
         ink   raster  vector   features   model.classifier

`README.md` beside this file says what the packages are for and which may import which.
"""
