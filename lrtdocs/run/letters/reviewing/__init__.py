"""What people look at before letters go: a proof, the go-ahead, and what two runs differ in."""
