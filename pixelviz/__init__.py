"""Pixelviz: how a computer sees a digit.

A drawing walks through these modules, one step of the lesson each:

    rgba -> ink -> grid -> vector -> features -> Prediction
         ink   raster  vector   features   classifier

Each step is a pure function on arrays. `page` shows the steps, `training` makes the models.
"""
