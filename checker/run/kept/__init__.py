"""Results that are kept: in bounded memory while a run goes on, and in files of lines for a run that goes on later."""
