"""通知: outbox, bell, text messages, e-mail.

- Whoever has something to tell writes an `Outbox` row (topic, subject, `send_after`) in the transaction of the act;
  nothing is lost between commit and delivery.
- `writing.write_due(at=)` asks the topic's writer for its notes and makes one `Message` a person and channel; unique,
  so that a second run writes nothing. `hours.next_hour` is the next moment at which people may be told.
- A bell is there at once; what rings a telephone leaves in office hours alone, at every try.
- `sending.send_due(at=)` claims with SKIP LOCKED and puts the next try off before it sends, so that a killed worker
  costs a repeat, never a loss; each message has a key by which the gateway knows a repeat. After the last wait it is a
  dead letter, shown on the operations page; `send_again` takes it up.
"""
