"""The room's WebSocket: who may speak, what a message looks like, and the consumer that passes messages on."""
