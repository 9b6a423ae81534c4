"""The pages as their authors wrote them: read, and checked before anything runs or renders them."""
