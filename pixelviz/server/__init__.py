"""How the page is served: start-up, the model worker, admission control and the run lock."""
