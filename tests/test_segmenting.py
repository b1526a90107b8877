"""The words of a text are those that jieba sees."""
