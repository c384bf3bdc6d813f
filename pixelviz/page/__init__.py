"""What a visitor sees. With `server`, the only package that knows Streamlit."""
