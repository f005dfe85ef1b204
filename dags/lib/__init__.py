"""What the DAG files wire together. Nothing here asks the network or a database while a DAG file is read."""
