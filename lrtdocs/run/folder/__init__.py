"""Files on disk: durable writes, the lock, the manifest, names."""
